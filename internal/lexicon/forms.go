package lexicon

import (
	"strings"
	"unicode/utf8"
)

// guessForms lists the forms that a cue is likely to take, so that it is found where no lemma is
// at hand. Too many are no harm: a form that is no word is met nowhere.
func guessForms(language string, c *Cue) []string {
	out := []string{c.Lemma}
	switch c.POS {
	case "VERB":
		out = append(out, verbForms(language, c.Lemma)...)
	case "NOUN":
		out = append(out, nounForms(language, c.Lemma)...)
	case "ADJ":
		out = append(out, adjectiveForms(language, c.Lemma)...)
	}
	return out
}

func verbForms(language, lemma string) []string {
	switch language {
	case "en":
		return englishVerb(lemma)
	case "de":
		return germanVerb(lemma)
	case "fr", "es":
		return romanceVerb(language, lemma)
	}
	return slavicVerb(language, lemma)
}

var englishIrregular = map[string]string{
	"say": "said", "tell": "told", "think": "thought", "know": "knew known", "write": "wrote written", "make": "made",
	"find": "found", "see": "saw seen", "feel": "felt", "hear": "heard", "hold": "held", "mean": "meant", "swear": "swore sworn",
	"speak": "spoke spoken", "seek": "sought", "understand": "understood", "show": "shown", "go": "went gone", "give": "gave given",
	"take": "took taken", "be": "is are was were been being", "have": "has had having", "forbid": "forbade forbidden", "foresee": "foresaw foreseen",
	"bring": "brought", "put": "put putting", "set": "set setting", "let": "let letting", "read": "read", "plead": "pled", "come": "came", "quit": "quit",
}

func englishVerb(lemma string) []string {
	out := []string{lemma + "s", lemma + "es", lemma + "ed", lemma + "ing"}
	last, _ := utf8.DecodeLastRuneInString(lemma)
	switch {
	case last == 'e':
		out = append(out, lemma+"d", lemma[:len(lemma)-1]+"ing")
	case last == 'y':
		out = append(out, lemma[:len(lemma)-1]+"ied", lemma[:len(lemma)-1]+"ies")
	case strings.ContainsRune("bdglmnprt", last):
		out = append(out, lemma+string(last)+"ed", lemma+string(last)+"ing")
	}
	return append(out, strings.Fields(englishIrregular[lemma])...)
}

var germanPrefixes = []string{"an", "auf", "aus", "ab", "bei", "ein", "fest", "hin", "her", "mit", "nach", "vor", "zu", "zurück", "klar", "bekannt", "voraus", "hervor", "hinzu", "weiter", "heraus"}

func germanVerb(lemma string) []string {
	stem := strings.TrimSuffix(strings.TrimSuffix(lemma, "n"), "e")
	endings := []string{"e", "st", "t", "te", "ten", "et", "ete", "eten", "en", "n", "end", "ende", "enden"}
	var out []string
	for _, e := range endings {
		out = append(out, stem+e)
	}
	out = append(out, "ge"+stem+"t", "ge"+stem+"et", "ge"+stem+"en")
	for _, p := range germanPrefixes {
		if rest, ok := strings.CutPrefix(stem, p); ok && len(rest) > 2 {
			out = append(out, p+"ge"+rest+"t", p+"ge"+rest+"et", p+"ge"+rest+"en", p+"zu"+rest+"en")
		}
	}
	return out
}

func romanceVerb(language, lemma string) []string {
	base := strings.TrimSuffix(strings.TrimSuffix(lemma, "se"), "s'")
	if utf8.RuneCountInString(base) < 4 {
		return nil
	}
	var endings string
	switch ending := base[len(base)-2:]; language + ending {
	case "frer":
		endings = "e es ent ez ons é ée és ées ait aient ais a èrent ant er era eront erait eraient"
	case "frir":
		endings = "it issent is i ie issait issaient irent issant ira irait"
	case "frre":
		endings = "t ent it irent ait aient u ue us ant ra rait"
	case "esar":
		endings = "a an o ó aron aba aban ado ada ando ará arán aría e en"
	case "eser":
		endings = "e en o ió ieron ía ían ido ida iendo erá erán ería"
	case "esir":
		endings = "e en o ió ieron ía ían ido ida iendo irá irán iría"
	default:
		return nil
	}
	return join(base[:len(base)-2], endings)
}

func join(stem, endings string) []string {
	var out []string
	for _, e := range strings.Fields(endings) {
		out = append(out, stem+e)
	}
	return out
}

// slavicEndings are of verbs by the end of their infinitive, longest first.
var slavicEndings = map[string][]struct{ infinitive, endings string }{
	"uk": {
		{"увати", "ую ує ують уєш уємо ував увала увало ували увавши ючи уючи увано ується увався"},
		{"ювати", "юю ює юють ював ювала ювали ювало юючи ювано юється"},
		{"ати", "аю ає ають аємо ав ала ало али авши аючи ано ається аться е уть"},
		{"яти", "яю яє яють яв яла яло яли явши яючи яно яться"},
		{"ити", "ить ять ив ила ило или ивши лю имо лять лено ено иться"},
		{"іти", "іє іють ів іла іло іли івши ить ять ілося"},
		{"ти", "в ла ло ли вши"},
	},
	"ru": {
		{"овать", "ую ует уют уем овал овала овало овали овав уя овано овавший ующий уется"},
		{"евать", "юю юет юют евал евала евали юя ует уют"},
		{"ать", "аю ает ают аем ал ала ало али ав авши ая ано ается авший ающий ет ут ит ат"},
		{"ять", "яю яет яют ял яла яли яв яя яется нял"},
		{"ить", "ит ят ат ил ила ило или ив ившись я лю лен лено ено ится ивший"},
		{"еть", "еет еют ел ела ели ев ит ят еется ело"},
		{"ть", "л ла ло ли в вши"},
	},
	"be": {
		{"аваць", "ую уе уюць юць аваў авала авала авалі аваўшы уючы авана"},
		{"яваць", "юю юе яе яюць юць яваў явала явалі явана"},
		{"аць", "аю ае аюць аў ала ала алі аўшы аючы ана аецца е уць"},
		{"яць", "яю яе яюць яў яла ялі яна"},
		{"іць", "іць яць аць іў іла ілі іўшы лю ена іцца"},
		{"ыць", "ыць аць ыў ыла ылі ыўшы ана"},
		{"ець", "ее еюць еў ела елі іць"},
		{"ці", "ў ла лі"},
	},
	"pl": {
		{"ować", "uję uje ują ował owała owało owali owały owano ując owana"},
		{"ywać", "uję uje ują ywał ywała ywali ywały ywano ując"},
		{"iwać", "uję uje ują iwał iwała iwali iwały iwano ując"},
		{"ieć", "iał iała iało ieli iały iem ie iedzą iano"},
		{"ać", "am a ają ał ała ało ali ały ano ając e ą eli"},
		{"ić", "ę i ią ił iła iło ili iły ono iono iąc"},
		{"yć", "ę y ą ył yła yło yli yły ono ąc"},
		{"eć", "ę y ą ał ała ało eli ały ano"},
		{"nąć", "nę nie ną nął nęła nęło nęli nęły nięto"},
		{"ąć", "ął ęła ęli ęły ęto"},
		{"ść", "dł dła dli"},
	},
}

func slavicVerb(language, lemma string) []string {
	reflexive := ""
	for _, end := range []string{"ся", "сь", "цца"} {
		if base, ok := strings.CutSuffix(lemma, end); ok && language != "pl" {
			lemma, reflexive = base, end
			if end == "цца" {
				lemma += "ць"
			}
			break
		}
	}
	for _, row := range slavicEndings[language] {
		stem, ok := strings.CutSuffix(lemma, row.infinitive)
		if !ok {
			continue
		}
		out := join(stem, row.endings)
		if reflexive == "" {
			return out
		}
		var both []string
		for _, form := range out {
			both = append(both, form+"ся", form+"сь")
			if language == "be" {
				both = append(both, strings.TrimSuffix(form, "ць")+"цца")
			}
		}
		return both
	}
	return nil
}

var nounEndings = map[string]string{
	"uk": "а у і и ом ою ові ам ами ах ів ї ю єм я ь ей",
	"ru": "а у е ы и ом ой ю ам ами ах ов ей ием ия ий ию ии ь",
	"be": "а у е ы і ам ой ю амі ах аў ь я",
	"pl": "a u i y em ą ę om ami ach ów ie a",
	"de": "s es n en e er",
	"fr": "s x",
	"es": "s es",
	"en": "s es",
}

func nounForms(language, lemma string) []string {
	out := join(lemma, nounEndings[language])
	if language == "en" && strings.HasSuffix(lemma, "y") {
		out = append(out, lemma[:len(lemma)-1]+"ies")
	}
	if r, n := utf8.DecodeLastRuneInString(lemma); strings.ContainsRune("аяьеоєїaeo", r) && len(lemma) > 3*n {
		out = append(out, join(lemma[:len(lemma)-n], nounEndings[language])...)
	}
	return out
}

func adjectiveForms(language, lemma string) []string {
	endings := map[string]string{
		"uk": "ий а е і", "ru": "ый ая ы а о", "be": "ы а ыя", "pl": "y a i e o", "de": "e en er es em", "fr": "e s es", "es": "o a os as",
	}[language]
	_, n := utf8.DecodeLastRuneInString(lemma)
	stems := []string{lemma, lemma[:len(lemma)-n]}
	if rest, ok := strings.CutSuffix(lemma, "ий"); ok {
		stems = append(stems, rest)
	}
	if rest, ok := strings.CutSuffix(lemma, "ен"); ok {
		stems = append(stems, rest+"ен")
	}
	var out []string
	for _, s := range stems {
		out = append(out, join(s, endings)...)
	}
	return out
}
