/** How large one record may be; a larger one is rejected, the rest of the delivery is taken. */

/** Bytes of a record, as far as they carry names, values and text. */
export const MAX_RECORD_BYTES = 10 * 1024 * 1024;
/** The longest author lists of physics have some 5,000 names. */
export const MAX_AUTHORS = 20_000;
/** Twenty elements for each of 20,000 authors; beyond that a record of 10 MiB would only cost memory (~150 bytes an element). */
export const MAX_RECORD_ELEMENTS = 400_000;
/** Characters of a record's own identity, as for identifiers (specification `events` §1): it is compared whole and indexed. */
export const MAX_RECORD_ID = 2_048;
