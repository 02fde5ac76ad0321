/** Languages that the sample's people and titles come in. */
export type Language = 'en' | 'nl' | 'de' | 'fr' | 'es' | 'pt' | 'ja';
