import type { Language } from './language.ts';

/** Given and family names common in a language; the sample puts them together at random. */
export const names: Record<Language, { given: readonly string[]; family: readonly string[] }> = {
  en: {
    given: words(
      'Alice Amina Benjamin Charlotte Daniel Eleanor Faith George Hannah Imogen James Juma Katherine Liam Mercy Nia Oliver Priya Rhys Sophie Thomas Wanjiru Wilfred Zara',
    ),
    family: words(
      'Ashdown Barrowby Coldwell Dunmore Elphick Fairbrother Garstang Hathersage Ingleby Kellaway Lorrimer Marlowe Netherby Otieno Pemberley Quarmby Ravenscroft Sandhu Thistlewood Underhill Verity Wainscott Yarrow Kamande',
    ),
  },
  nl: {
    given: words(
      'Anouk Bram Carlijn Daan Eline Floris Geert Hanneke Ilse Joost Koen Lieke Maarten Noor Oscar Pieter Roos Sanne Thijs Ursula Vera Wouter Yasmine Zeno',
    ),
    family: lines(
      'van der Linden|de Groot|Bakhuizen|ten Have|Veenstra|Kloosterman|Duinhoven|van Rietschoten|Haverkamp|Molenaar|Schippers|Terpstra|van Zuylekom|Brandsma|Oosterwijk|Wiersma|el Amrani|Postmus|Rozendaal|van den Akker',
    ),
  },
  de: {
    given: words(
      'Anja Bernd Clara Dieter Elif Friederike Gregor Heike Ingo Jürgen Katrin Lothar Maren Niklas Olga Petra Ruth Sören Tilman Ulrike Volker Wiebke Xaver Yvonne',
    ),
    family: words(
      'Ahrendt Birkenfeld Czerny Dornseif Eichwald Fährmann Grünwald Hagedorn Immenthal Jäckel Kranzbühler Lindwurm Möllenkamp Nußbaum Overbeck Pfaffenrath Rübsam Sommerfeld Trautwein Uhlenhorst Weißgerber Yıldırım Zangerle Öhlschläger',
    ),
  },
  fr: {
    given: words(
      'Adèle Baptiste Camille Damien Élodie François Gaëlle Hélène Inès Jérôme Karim Léa Mathieu Noémie Océane Pascal Raphaël Solène Théo Ursule Valérie Yannick Zoé Aïcha',
    ),
    family: words(
      'Aubrac Beauchêne Castelnau Desrosiers Estève Fontvieille Garance Haudebourg Jolibois Kervadec Lachenal Montrieux Nézondet Orsini Pelletan Quéméneur Roquebert Saint-Arnoult Tisserand Vauquelin Bensalem Lemoigne Charpentreau Delorme',
    ),
  },
  es: {
    given: words(
      'Alba Bernardo Carmen Diego Elena Fermín Gloria Hugo Inés Joaquín Lucía Marisol Nicolás Olaya Pablo Rocío Santiago Teresa Úrsula Vicente Ximena Yago Begoña Íñigo',
    ),
    family: lines(
      'Álvarez Montero|Bermejo Ruiz|Cifuentes|Domínguez Peña|Echevarría|Fuentelapeña|Gallardo Ibáñez|Hinojosa|Lahuerta|Muñoz Salcedo|Navarrete|Olmedillo|Peñalver|Quiñones|Robledo Vidal|Santaolalla|Torreblanca|Urrutia|Villanueva Sanz|Zorrilla',
    ),
  },
  pt: {
    given: words(
      'Ana Bruno Cecília Davi Eduarda Flávio Gabriela Heitor Iara João Larissa Mateus Natália Otávio Patrícia Rafael Sônia Tiago Vitória Wagner Conceição Zélia Luís Inácio',
    ),
    family: lines(
      'Albuquerque Neto|Barcelos|Cavalcanti|Duarte Fonseca|Espírito Santo|Figueirôa|Gonçalves|Henriques|Junqueira|Lacerda|Magalhães|Nepomuceno|Oliveira Prado|Paranhos|Quaresma|Rezende|Sampaio|Teixeira Brandão|Vasconcelos|Xavier',
    ),
  },
  ja: {
    given: words('陽子 健太 美咲 大輔 さくら 翔太 恵子 直樹 由美 拓也 千尋 誠 真央 浩二 彩花 涼'),
    family: words('星川 青柳 石渡 大槻 梶原 北見 葛西 桐生 小鹿野 榊 佐伯 志村 芹沢 高嶺 月岡 鳴海'),
  },
};

function words(text: string): string[] {
  return text.split(' ');
}

function lines(text: string): string[] {
  return text.split('|');
}
