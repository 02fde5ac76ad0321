/** Where repositories of the sample are: a hundred countries. */
export interface DemoCountry {
  /** ISO 3166-1 alpha-2. */
  code: string;
  lat: number;
  lon: number;
  /** Repositories there, out of about 1,500 in all. */
  repositories: number;
  /** In which most institutions name themselves. */
  language: PlaceLanguage;
}

/** Languages in which institutions name themselves; `xx`: names in English, places of no particular language. */
export type PlaceLanguage =
  | 'en'
  | 'de'
  | 'fr'
  | 'es'
  | 'pt'
  | 'nl'
  | 'it'
  | 'pl'
  | 'sv'
  | 'tr'
  | 'id'
  | 'ja'
  | 'zh'
  | 'ru'
  | 'ar'
  | 'xx';

// Code, latitude and longitude of somewhere in the middle, repositories, language.
const table = `
US 39.5 -98.4 110 en|GB 52.6 -1.5 70 en|DE 51.1 10.3 64 de|JP 36.2 138.3 52 ja|ES 40.2 -3.6 42 es|FR 46.7 2.5 42 fr
IT 43.5 12.2 32 it|BR -14.2 -51.5 38 pt|CA 50.5 -98.0 26 en|AU -27.0 134.0 24 en|IN 22.0 79.0 30 xx|CN 34.5 108.0 28 zh
NL 52.2 5.3 24 nl|PL 52.0 19.2 26 pl|SE 60.0 15.5 24 sv|TR 39.0 35.0 30 tr|ID -2.5 118.0 28 id|RU 56.0 45.0 28 ru
PT 39.6 -8.0 26 pt|MX 23.6 -102.5 24 es|AR -34.0 -64.0 26 es|CO 4.5 -73.5 28 es|PE -9.2 -75.0 20 es|CL -33.5 -70.8 14 es
BE 50.6 4.6 16 fr|CH 46.8 8.2 16 de|AT 47.6 14.1 14 de|NO 61.5 9.0 16 sv|DK 56.0 9.6 10 xx|FI 62.5 26.0 14 xx
IE 53.2 -7.8 12 en|GR 39.2 22.0 14 xx|CZ 49.8 15.5 10 xx|HU 47.1 19.3 12 xx|RO 45.9 24.9 8 xx|UA 49.0 31.4 26 xx
BG 42.7 25.4 6 xx|RS 44.0 20.9 10 xx|HR 45.3 15.9 12 xx|SI 46.1 14.8 6 xx|SK 48.7 19.5 4 xx|EE 58.7 25.5 4 xx
LV 56.9 24.9 4 xx|LT 55.3 23.9 6 xx|BY 53.7 27.9 6 ru|MD 47.2 28.5 4 xx|AL 41.1 20.1 2 xx|MK 41.6 21.7 2 xx
BA 44.2 17.7 2 xx|IS 64.9 -18.6 2 xx|LU 49.7 6.1 2 fr|MT 35.9 14.4 2 en|CY 35.1 33.3 4 xx|NZ -41.5 172.8 12 en
ZA -29.0 24.0 20 en|NG 9.1 8.1 18 en|KE 0.2 37.8 20 en|GH 7.9 -1.2 10 en|TZ -6.3 34.9 10 en|UG 1.3 32.4 8 en
ZW -19.0 29.8 8 en|ZM -13.5 27.8 4 en|MW -13.2 34.3 4 en|BW -22.3 24.7 2 en|NA -22.1 17.2 4 en|ET 9.0 39.6 6 xx
RW -2.0 29.9 3 en|MZ -17.3 35.5 4 pt|AO -12.3 17.5 2 pt|CV 15.1 -23.6 2 pt|SN 14.4 -14.5 4 fr|CM 5.7 12.7 3 fr
CI 7.6 -5.6 2 fr|BJ 9.6 2.3 2 fr|BF 12.3 -1.7 2 fr|MA 31.9 -6.3 8 ar|DZ 33.0 3.0 16 ar|TN 34.1 9.6 4 ar
EG 26.8 30.0 8 ar|SD 15.6 30.0 8 ar|SA 24.2 45.1 8 ar|IQ 33.1 43.8 6 ar|JO 31.2 36.8 3 ar|LB 33.9 35.9 3 ar
QA 25.3 51.2 2 ar|IL 31.4 35.0 4 xx|IR 32.5 54.3 6 xx|PK 30.0 69.4 6 xx|BD 23.8 90.3 10 xx|LK 7.6 80.7 10 xx
NP 28.3 84.0 4 xx|TH 15.1 101.0 14 xx|VN 16.2 107.8 6 xx|MY 3.8 109.5 18 id|SG 1.35 103.8 4 en|PH 12.0 122.8 10 en
KR 36.4 127.9 18 xx|TW 23.7 121.0 18 zh|KZ 48.2 67.3 5 ru|GE 42.2 43.5 2 xx|UY -32.8 -56.0 5 es|EC -1.4 -78.4 14 es
CR 9.9 -84.2 5 es|CU 21.6 -79.0 5 es|VE 7.1 -66.2 8 es|BO -16.7 -64.7 4 es|JM 18.1 -77.3 3 en|FJ -17.8 178.0 2 en`;

export const countries: readonly DemoCountry[] = table
  .trim()
  .split(/[|\n]/)
  .map((line) => {
    const [code = '', lat, lon, repositories, language] = line.split(' ');
    return {
      code,
      lat: Number(lat),
      lon: Number(lon),
      repositories: Number(repositories),
      language: language as PlaceLanguage,
    };
  });
