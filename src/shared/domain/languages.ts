/**
 * The 186 language codes the platform accepts (Open edX `ALL_LANGUAGES`, `openedx/envs/common.py`).
 * Two are written with an underscore there, unlike BCP 47.
 */
const codes =
  'aa ab af ak sq am ar an hy as av ae ay az ba bm eu be bn bh bi bs br bg my ca ch ce zh zh_HANS zh_HANT cu cv kw co cr cs da ' +
  'dv nl dz en eo et ee fo fj fi fr fy ff ka de gd ga gl gv el gn gu ht ha he hz hi ho hr hu ig is io ii iu ie ia id ik it jv ja ' +
  'kl kn ks kr kk km ki rw ky kv kg ko kj ku lo la lv li ln lt lb lu lg mk mh ml mi mr ms mg mt mn na nv nr nd ng ne nn nb no ny ' +
  'oc oj or om os pa fa pi pl pt ps qu rm ro rn ru sg sa si sk sl se sm sn sd so st es sc sr ss su sw sv ty ta tt te tg tl th bo ' +
  'ti to tn ts tk tr tw ug uk ur uz ve vi vo cy wa wo xh yi yo za zu'

export const languageCodes: readonly string[] = codes.split(' ')

/**
 * What ISO 639-1 calls the languages that Chromium's `Intl` has no name for, whose data is cut to what
 * browsers show, and Twi, which it gives the name of Akan.
 */
const otherNames: Readonly<Record<string, string>> = {
  aa: 'Afar',
  ab: 'Abkhazian',
  ae: 'Avestan',
  av: 'Avaric',
  ba: 'Bashkir',
  bi: 'Bislama',
  bo: 'Tibetan',
  ce: 'Chechen',
  ch: 'Chamorro',
  cr: 'Cree',
  cu: 'Church Slavic',
  cv: 'Chuvash',
  dz: 'Dzongkha',
  ff: 'Fula',
  fj: 'Fijian',
  gv: 'Manx',
  ho: 'Hiri Motu',
  hz: 'Herero',
  ie: 'Interlingue',
  ii: 'Sichuan Yi',
  ik: 'Inupiaq',
  io: 'Ido',
  iu: 'Inuktitut',
  kg: 'Kongo',
  ki: 'Kikuyu',
  kj: 'Kuanyama',
  kl: 'Kalaallisut',
  kr: 'Kanuri',
  ks: 'Kashmiri',
  kv: 'Komi',
  kw: 'Cornish',
  li: 'Limburgish',
  lu: 'Luba-Katanga',
  mh: 'Marshallese',
  na: 'Nauru',
  nd: 'North Ndebele',
  ng: 'Ndonga',
  nr: 'South Ndebele',
  nv: 'Navajo',
  oj: 'Ojibwa',
  os: 'Ossetic',
  pi: 'Pali',
  rn: 'Rundi',
  sc: 'Sardinian',
  se: 'Northern Sami',
  sg: 'Sango',
  ss: 'Swati',
  tw: 'Twi',
  ty: 'Tahitian',
  ve: 'Venda',
  vo: 'Volapük',
  za: 'Zhuang',
}

/** The name of a language as `names` has it, or as the standard has it; else the code. */
export const languageName = (names: Intl.DisplayNames, code: string): string =>
  otherNames[code] ?? nameOf(names, code.replace('_', '-'), code)

/** `Intl` throws on codes that are not well formed; such codes are shown as they are. */
export function nameOf(names: Intl.DisplayNames, code: string, fallback: string): string {
  try {
    return names.of(code) ?? fallback
  } catch {
    return fallback
  }
}
