import manifest from '../../package.json' with { type: 'json' };

/** The version of this Almanac. */
export const version: string = manifest.version;
