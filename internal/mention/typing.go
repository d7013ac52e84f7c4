package mention

import (
	"strings"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/romanize"
)

// class is the type of a name while it is being judged.
type class int

const (
	person class = iota
	organization
	location
	group
	other // events, products, works
	classes
)

func (c class) mentionType() hearsay.MentionType {
	switch c {
	case person:
		return hearsay.Person
	case location:
		return hearsay.Place
	case group:
		return hearsay.Group
	}
	return hearsay.Organization
}

// patronymics are endings of fathers' names, in the nominative and oblique.
var patronymics = []string{
	"ович", "евич", "йович", "овна", "евна", "івна", "ївна", "ївни", "овича", "овичу", "овичем", "евича", "евичу", "евичем", "йовича",
	"івни", "івну", "івною", "овны", "овне", "овну", "овной", "евны", "евну", "евной", "авіч", "евіч", "аўна", "еўна", "ovich", "evich", "ovych", "iyovych", "ovna", "evna", "ivna", "owicz", "ewicz", "avich",
}

func isPatronymic(fold string) bool {
	if len([]rune(fold)) < 7 {
		return false
	}
	for _, p := range patronymics {
		if strings.HasSuffix(fold, p) {
			return true
		}
	}
	return false
}

// surnameEndings speak for a person in Slavic texts.
var surnameEndings = map[string][]string{
	"uk": {"енко", "єнко", "енка", "енку", "енком", "ський", "ського", "ському", "ським", "ською", "цький", "цького", "ук", "юк", "чук", "чака", "ов", "єв", "ев", "ів", "ін", "їн", "ова", "єва", "ович", "ян", "швілі", "шин", "сон", "ман", "берг", "штейн"},
	"ru": {"енко", "ский", "ского", "скому", "ским", "ская", "ской", "цкий", "цкого", "ов", "ев", "ин", "ова", "ева", "ина", "ову", "овым", "евым", "иным", "ук", "юк", "ян", "швили", "сон", "ман", "берг", "штейн"},
	"be": {"энка", "енка", "ські", "скі", "скага", "скаму", "скім", "цкі", "оў", "еў", "аў", "ін", "ова", "ава", "ук", "юк", "евіч", "овіч", "авіч", "сон", "сан", "ман"},
	"pl": {"ski", "skiego", "skiemu", "skim", "ska", "skiej", "ską", "cki", "ckiego", "cka", "ckiej", "dzki", "wicz", "wicza", "iak", "czyk", "czak", "czuk", "enko", "owa", "ow"},
	"en": {"son", "man", "berg", "stein", "ez", "sky", "skyi", "skiy", "ski", "enko", "enka", "ov", "ova", "yev", "iev", "chuk", "vich", "idze", "shvili", "yan"},
}

// placePrepositions stand before places oftener than before others.
var placePrepositions = map[string]map[string]bool{
	"en": set("in", "from", "near", "outside", "across", "at", "to", "into"),
	"uk": set("в", "у", "на", "до", "із", "з", "біля", "під", "через"),
	"ru": set("в", "во", "на", "из", "под", "близ", "возле"),
	"be": set("у", "ў", "на", "з", "са", "пад", "каля"),
	"pl": set("w", "we", "na", "do", "z", "ze", "pod", "koło"),
	"de": set("in", "aus", "nach", "bei", "nahe"),
	"fr": set("à", "en", "au", "aux", "vers", "près"),
	"es": set("en", "desde", "hacia", "hasta"),
}

// placeWords are parts of the names of places.
var placeWords = set("county", "street", "avenue", "road", "river", "lake", "island", "islands", "city", "town", "village", "bay", "mount", "mountain", "square",
	"valley", "beach", "park", "coast", "region", "province", "state", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "new", "san", "santa", "saint", "st", "los", "las", "fort", "port", "sea", "ocean", "hill", "hills", "bridge", "airport", "district",
	"область", "області", "область", "район", "району", "міста", "місті", "місто", "город", "городе", "города", "вулиця", "улица", "море", "моря", "острів", "остров", "miasto", "miasta", "mieście", "wyspa", "rzeka", "morze", "ulica", "województwo", "straße", "strasse", "platz", "rue", "ville", "calle", "ciudad", "provincia", "río", "isla", "norte", "sur", "nueva", "nowy", "nowa", "нью")

// placeNouns are the forms of words behind which Slavic languages leave the name of a place as it is.
var placeNouns = map[string]map[string]bool{
	"uk": set("озеро", "озера", "озеру", "озером", "озері", "річка", "річки", "річці", "річку", "річкою", "ріка", "ріки", "ріці", "ріку", "рікою",
		"провінція", "провінції", "провінцію", "провінцією", "містечко", "містечка", "містечку", "місто", "міста", "місті", "містом", "місту", "село", "села", "селі", "селу", "селом",
		"селище", "селища", "селищі", "острова", "острові", "острову", "островом", "гора", "гори", "горі", "гору", "горою", "затока", "затоки", "затоці", "порт", "порту", "порті"),
	"ru": set("озеро", "озера", "озеру", "озером", "озере", "река", "реки", "реке", "реку", "рекой", "провинция", "провинции", "провинцию", "провинцией",
		"городок", "городка", "городке", "город", "города", "городе", "городом", "городу", "село", "села", "селе", "селу", "селом", "деревня", "деревни", "деревне", "деревню", "деревней",
		"посёлок", "поселок", "посёлка", "поселка", "посёлке", "поселке", "острова", "острове", "острову", "островом", "гора", "горы", "горе", "гору", "горой", "залив", "залива", "заливе", "порт", "порта", "порту"),
	"be": set("возера", "возеру", "возерам", "возеры", "рака", "ракі", "рацэ", "раку", "ракой", "правінцыя", "правінцыі", "правінцыю", "правінцыяй",
		"горад", "горада", "горадзе", "гораду", "горадам", "вёска", "вёскі", "вёсцы", "вёску", "вёскай", "востраў", "вострава", "востраве", "гара", "гары", "порт", "порта", "порце"),
	"pl": set("jezioro", "jeziora", "jeziorze", "jezioru", "jeziorem", "rzeki", "rzece", "rzekę", "rzeką", "prowincja", "prowincji", "prowincję", "prowincją",
		"miasteczko", "miasteczka", "miasteczku", "miasto", "miasta", "mieście", "miastem", "wieś", "wsi", "wsią", "wyspy", "wyspie", "wyspę", "wyspą", "góra", "góry", "górze", "górę", "zatoka", "zatoki", "zatoce", "port", "portu", "porcie"),
}

// ofOffice stand between an office and the place where it is held.
var ofOffice = set("of", "de", "d'", "von")

// directions make a place of the words that follow, not of those before: South Korea, Kanye West.
var directions = set("north", "south", "east", "west", "new", "san", "santa", "saint", "st", "state", "norte", "sur")

// surnames are words for organisations that are surnames as well: "Charlotte Church".
var surnames = set("church", "house", "bank", "guard", "post", "force", "banks", "press", "center", "court", "rat", "bund", "bank", "school", "ford", "firm", "рада", "рух", "rada", "sejm", "ruch")

// judge scores a name: by rules, and where a model is at hand by what it learnt of them and of
// the words around.
func (r *reader) judge(n *name) {
	defined := n.score
	r.weigh(n)
	r.learned(n)
	if r.placeAdjective(n) {
		n.score[location] += 6
		n.score[person] -= 6
	}
	for c := range n.score {
		n.score[c] += defined[c]
	}
}

// placeAdjective reports whether a name is an adjective beside the noun that it describes, in a Slavic language: such
// are made of places («на Луннинской плотине»), and persons' surnames stand beside no noun without a capital so.
func (r *reader) placeAdjective(n *name) bool {
	if !slavic(r.lang) || n.first != n.last || len(n.titles) > 0 || n.place.code != "" {
		return false
	}
	t := &r.a.Tokens[n.first]
	if t.UPOS != "ADJ" || t.Rel != "amod" || t.Head != n.first+1 || r.words[t.Head].upper {
		return false
	}
	_, role := r.roleAt([]string{r.words[t.Head].fold})
	return r.words[t.Head].upos == "NOUN" && role == 0
}

// weigh scores a name by what stands in it and around it.
func (r *reader) weigh(n *name) {
	n.score = [5]float64{}
	s := &n.score
	if p, ok := r.placeOf(n.first, n.last+1); ok {
		n.place = p
		switch {
		case p.code == "EU" || p.code == "UN":
			s[organization] += 12
		case p.kind == "seat", p.kind == "institution":
			s[organization] += 8
		default:
			s[location] += 10
		}
	}
	if len(n.titles) > 0 {
		s[person] += 5
	}
	if r.knownOrganization(n) {
		s[organization] += 6
	}
	r.judgeParts(n)
	r.judgeContext(n)
}

// knownOrganization looks a name up, and in Slavic languages a form of one.
func (r *reader) knownOrganization(n *name) bool {
	folded := strings.Join(r.folded(n), " ")
	if len(n.parts) > 1 && len(n.titles) > 0 {
		return false
	}
	if r.g.known[folded] != "" {
		return true
	}
	if slavic(r.lang) && len(n.parts) == 1 {
		for _, s := range stems(r.lang, folded) {
			if len([]rune(s)) > 3 && r.g.known[s] != "" {
				return true
			}
		}
	}
	return false
}

func (r *reader) judgeParts(n *name) {
	s := &n.score
	count := len(n.parts)
	given := 0
	for k, i := range n.parts {
		w := &r.words[i]
		if class := r.kindOf(w.fold); class != "" && !(count == 2 && k == 1 && given > 0 && surnames[w.fold]) {
			s[organization] += 5
		}
		if _, ok := r.g.givenGender(r.lang, w.fold); ok && !w.caps {
			given++
			switch {
			case k == 0 && count > 1:
				s[person] += 4
			case count == 1:
				s[person] += 2
			default:
				s[person]++
			}
		}
		if isPatronymic(w.fold) {
			s[person] += 3
		}
		if utf8.RuneCountInString(w.form) == 1 || len(w.form) == 2 && w.form[1] == '.' {
			s[person] += 2
		}
		if placeWords[w.fold] && !(directions[w.fold] && k > 0) {
			s[location] += 1.5
		}
		if strings.ContainsAny(w.form, "0123456789") {
			s[other] += 3
		}
		if strings.Contains(w.form, ".") && len(w.form) > 4 {
			s[organization] += 3
		}
	}
	lastWord := &r.words[n.parts[count-1]]
	switch lastWord.nameType {
	case "Geo":
		s[location] += 2
	case "Sur", "Giv":
		s[person]++
	case "Oth":
		s[organization]++
	}
	if count == 1 && given == 0 && r.endsAsCountry(lastWord.fold) {
		s[location] += 2
	}
	surnames := surnameEndings[r.lang]
	if !slavic(r.lang) {
		surnames = surnameEndings["en"]
	}
	for _, e := range surnames {
		if strings.HasSuffix(lastWord.fold, e) && len(lastWord.fold) > len(e)+2 {
			s[person] += 1.5
			break
		}
	}
	allCaps := true
	for _, i := range n.parts {
		allCaps = allCaps && r.words[i].caps
	}
	if allCaps && !lastWord.shouted {
		s[organization] += 3
	}
	if count >= 2 && count <= 3 && s[organization] < 1 {
		s[person] += 0.5
	}
	if given == 0 && len(n.titles) == 0 && !slavic(r.lang) {
		s[organization] += 1.2 // a name that nothing makes a person's
	}
	if count > 3 {
		s[organization] += 2
	}
	for i := n.first; i <= n.last; i++ {
		if f := r.words[i].fold; f == "of" || f == "for" || f == "&" || f == "für" || f == "pour" {
			s[organization] += 2
		}
	}
	s[person] += 0.4
	if slavic(r.lang) {
		s[person]++ // here foreign names of things keep Latin letters and others are inflected
	}
	inner := r.words[n.parts[0]].form
	if count == 1 && strings.IndexFunc(inner[1:], func(c rune) bool { return c >= 'A' && c <= 'Z' }) > 0 && !allCaps && !strings.HasPrefix(inner, "Mc") && !strings.HasPrefix(inner, "Mac") && !strings.Contains(inner, "-") {
		s[organization] += 2 // YouTube
	}
	if slavic(r.lang) && r.lang != "pl" && !romanize.HasCyrillic(inner) {
		s[organization] += 2
		s[person] -= 1
	}
}

// endsAsCountry reports whether a form in a Slavic language has the ending of most countries: Korvia.
func (r *reader) endsAsCountry(fold string) bool {
	for _, e := range countryEndings[r.lang] {
		if strings.HasSuffix(fold, e) && utf8.RuneCountInString(fold) > 5 {
			return true
		}
	}
	return false
}

var countryEndings = map[string][]string{
	"uk": {"ія", "ії", "ію", "ією"}, "ru": {"ия", "ии", "ию", "ией"}, "be": {"ія", "іі", "ію", "іяй", "ыя", "ыі", "ыю"}, "pl": {"cja", "cji", "cję", "ia", "wia", "wii", "wię"},
}

func (r *reader) judgeContext(n *name) {
	s := &n.score
	if n.quoted {
		s[organization]++
		s[other] += 1.5
		s[person] -= 1.5
	}
	if n.first > 0 {
		b := &r.words[n.first-1]
		switch {
		case placePrepositions[r.lang][b.fold]:
			s[location] += 1.5
		case b.fold == "the" || b.fold == "la" || b.fold == "le" || b.fold == "el" || b.fold == "l'" || b.fold == "die" || b.fold == "der" || b.fold == "das":
			s[organization] += 1.2
			s[person] -= 1.5
		}
		if n.last+1 < len(r.words) && n.first == n.last && r.words[n.last+1].upper && (r.officeOf(b, &r.words[n.last], &r.words[n.last+1]) || r.seatOf(b, &r.words[n.last])) {
			s[location] += 6 // «президент Норланду Одо Брік», «мэр Гарво Петра Ленк»
		} else if ro, k := r.roleAt([]string{b.fold}); k > 0 && ro.kind != "group" && !b.upper {
			s[person] += 2
		}
		if r.kindOf(b.fold) != "" && !b.upper && b.letters {
			s[organization] += 2
		}
		if placeWords[b.fold] && !b.upper {
			s[location] += 4
		}
		if placeNouns[r.lang][b.fold] && !b.upper {
			s[location] += 8 // «на березі озера Імра»
		}
		if n.first > 1 && ofOffice[b.fold] && ofTowns[r.words[n.first-2].fold] {
			s[location] += 6 // "the mayor of Harvo"
		}
	}
	if n.last+2 < len(r.words) {
		x, y := &r.words[n.last+1], &r.words[n.last+2]
		if x.form == "," && r.ageIn(n.last+2) {
			s[person] += 2.5
		}
		if x.form == "(" && isAge(y.form) {
			s[person] += 1
		}
	}
	lastWord := &r.words[n.parts[len(n.parts)-1]]
	if slavic(r.lang) && lastWord.plural {
		s[person] -= 1
		s[group]++
	}
}

// yearsOf are the words of years behind an age in an apposition.
var yearsOf = set("ans", "años", "year", "years", "lat")

const ageReach = 6 // words of an apposition in which an age stands

// ageIn reports whether an apposition that begins at a word tells an age: "45", "a 45-year-old mother", «45-річна мати»,
// "une mère de 45 ans".
func (r *reader) ageIn(first int) bool {
	if first < len(r.words) && determiner(r.lang, r.words[first].fold) {
		first++
	}
	for k := first; k < min(len(r.words), first+ageReach) && r.words[k].form != ","; k++ {
		age, rest, _ := strings.Cut(r.words[k].form, "-")
		years := rest != "" || k+1 < len(r.words) && yearsOf[r.words[k+1].fold]
		if isAge(age) && (k == first || years) {
			return true
		}
	}
	return false
}

func isAge(s string) bool {
	return len(s) == 2 && s[0] >= '1' && s[0] <= '9' && s[1] >= '0' && s[1] <= '9'
}

// decide gives a name the class of its highest score.
func (n *name) decide() {
	best := person
	for c := person; c < classes; c++ {
		if n.score[c] > n.score[best] {
			best = c
		}
	}
	n.class = best
}
