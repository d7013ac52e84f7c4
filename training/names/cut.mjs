// Cuts data/names/given.tsv and data/names/places.tsv out of npm packages:
//
//   npm pack cldr-localenames-full@48.2.0 cldr-dates-full@48.2.0 @faker-js/faker@9.9.0
//   (unpack them to cldr/, dates/ and faker/ beneath one folder)
//   node cut.mjs FOLDER OUT
//
// given.tsv: name, gender (m, f or mf), languages whose list has it.
// places.tsv: code (ISO 3166), kind (country, capital, region), names in en uk ru pl be de fr es.
import fs from 'node:fs';
import path from 'node:path';

const [folder, out] = process.argv.slice(2);
const languages = ['en', 'uk', 'ru', 'pl', 'be', 'de', 'fr', 'es'];
const json = (...parts) => JSON.parse(fs.readFileSync(path.join(folder, ...parts), 'utf8'));
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

async function given() {
  const faker = await import(path.resolve(folder, 'faker/dist/index.js'));
  const lists = ['en', 'uk', 'ru', 'pl', 'de', 'fr', 'es', 'es_MX', 'it', 'cs_CZ', 'sk', 'hu', 'ro', 'sv', 'nl', 'nb_NO', 'da', 'fi', 'hr', 'pt_BR', 'tr'];
  const names = new Map();
  for (const list of lists) {
    const first = faker.allLocales[list]?.person?.first_name ?? {};
    for (const [kind, mark] of [['male', 'm'], ['female', 'f'], ['generic', '']]) {
      for (const name of first[kind] ?? []) {
        if (!/^\p{Lu}[\p{L}'’-]+$/u.test(name)) continue;
        const n = names.get(name) ?? { gender: new Set(), lists: new Set() };
        if (mark) n.gender.add(mark);
        n.lists.add(list.slice(0, 2));
        names.set(name, n);
      }
    }
  }
  const rows = [...names].sort(([a], [b]) => compare(a, b))
    .map(([name, n]) => [name, [...n.gender].sort(compare).reverse().join('') || '-', [...n.lists].sort(compare).join(',')].join('\t'));
  fs.writeFileSync(path.join(out, 'given.tsv'), rows.join('\n') + '\n');
}

// Capitals that are the exemplar city of a time zone, and their countries.
const capitals = {
  'Europe/Andorra': 'AD', 'Europe/Tirane': 'AL', 'Europe/Vienna': 'AT', 'Europe/Sarajevo': 'BA', 'Europe/Brussels': 'BE',
  'Europe/Sofia': 'BG', 'Europe/Minsk': 'BY', 'Europe/Prague': 'CZ', 'Europe/Berlin': 'DE', 'Europe/Copenhagen': 'DK',
  'Europe/Tallinn': 'EE', 'Europe/Madrid': 'ES', 'Europe/Helsinki': 'FI', 'Europe/Paris': 'FR', 'Europe/London': 'GB',
  'Europe/Athens': 'GR', 'Europe/Zagreb': 'HR', 'Europe/Budapest': 'HU', 'Europe/Dublin': 'IE', 'Europe/Rome': 'IT',
  'Europe/Vilnius': 'LT', 'Europe/Luxembourg': 'LU', 'Europe/Riga': 'LV', 'Europe/Monaco': 'MC', 'Europe/Chisinau': 'MD',
  'Europe/Podgorica': 'ME', 'Europe/Skopje': 'MK', 'Europe/Malta': 'MT', 'Europe/Amsterdam': 'NL', 'Europe/Oslo': 'NO',
  'Europe/Warsaw': 'PL', 'Europe/Lisbon': 'PT', 'Europe/Bucharest': 'RO', 'Europe/Belgrade': 'RS', 'Europe/Moscow': 'RU',
  'Europe/Stockholm': 'SE', 'Europe/Ljubljana': 'SI', 'Europe/Bratislava': 'SK', 'Europe/Kiev': 'UA', 'Atlantic/Reykjavik': 'IS',
  'Asia/Kabul': 'AF', 'Asia/Yerevan': 'AM', 'Asia/Baku': 'AZ', 'Asia/Dhaka': 'BD', 'Asia/Nicosia': 'CY', 'Asia/Tbilisi': 'GE',
  'Asia/Jakarta': 'ID', 'Asia/Jerusalem': 'IL', 'Asia/Baghdad': 'IQ', 'Asia/Tehran': 'IR', 'Asia/Amman': 'JO', 'Asia/Tokyo': 'JP',
  'Asia/Bishkek': 'KG', 'Asia/Pyongyang': 'KP', 'Asia/Seoul': 'KR', 'Asia/Beirut': 'LB', 'Asia/Qatar': '', 'Asia/Riyadh': 'SA',
  'Asia/Damascus': 'SY', 'Asia/Bangkok': 'TH', 'Asia/Dushanbe': 'TJ', 'Asia/Ashgabat': 'TM', 'Asia/Taipei': 'TW', 'Asia/Tashkent': 'UZ',
  'Asia/Singapore': '', 'Asia/Phnom_Penh': 'KH', 'Asia/Vientiane': 'LA', 'Asia/Manila': 'PH', 'Africa/Cairo': 'EG', 'Africa/Tripoli': 'LY',
  'Africa/Tunis': 'TN', 'Africa/Algiers': 'DZ', 'Africa/Khartoum': 'SD', 'Africa/Nairobi': 'KE', 'Africa/Kinshasa': 'CD',
  'Africa/Mogadishu': 'SO', 'Africa/Tripoli ': '', 'Africa/Accra': 'GH', 'Africa/Bamako': 'ML', 'Africa/Niamey': 'NE', 'Africa/Harare': 'ZW',
  'America/Mexico_City': 'MX', 'America/Havana': 'CU', 'America/Caracas': 'VE', 'America/Bogota': 'CO', 'America/Lima': 'PE',
  'America/Santiago': 'CL', 'America/Montevideo': 'UY', 'America/La_Paz': 'BO', 'America/Asuncion': 'PY', 'America/Port-au-Prince': 'HT',
};

function places() {
  const territories = {}, zones = {};
  for (const l of languages) {
    territories[l] = json('cldr/main', l, 'territories.json').main[l].localeDisplayNames.territories;
    zones[l] = json('dates/main', l, 'timeZoneNames.json').main[l].dates.timeZoneNames.zone;
  }
  const codes = [...new Set(languages.flatMap((l) => Object.keys(territories[l]).map((k) => k.split('-')[0])))]
    .filter((c) => !['ZZ', 'XA', 'XB', 'QO', 'EZ'].includes(c)).sort(compare);
  const rows = [];
  for (const code of codes) {
    const names = languages.map((l) => [...new Set(['', '-alt-short', '-alt-variant'].map((alt) => territories[l][code + alt]).filter(Boolean))]
      .map((n) => n.replace(/\s*\(.*\)$/, '')).filter((n) => n).join('|') || '-');
    rows.push([code, /^\d/.test(code) ? 'region' : 'country', ...names].join('\t'));
  }
  for (const [zone, code] of Object.entries(capitals)) {
    const [area, city] = zone.split('/');
    if (!code) continue;
    const names = languages.map((l) => zones[l][area]?.[city]?.exemplarCity ?? (l === 'en' ? city.replace(/_/g, ' ') : '-'));
    rows.push([code, 'capital', ...names].join('\t'));
  }
  fs.writeFileSync(path.join(out, 'places.tsv'), rows.join('\n') + '\n');
}

await given();
places();
