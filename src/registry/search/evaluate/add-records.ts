import { type Bits, setBit } from '../bits.ts';
import { type Field, recordsOf } from '../field.ts';

/** The records of a value join the set. Most values have one record, for which no list is made. */
export function addRecords(bits: Bits, field: Field, number: number): void {
  const records = field.records[number];
  if (typeof records === 'number') setBit(bits, records);
  else for (const slot of recordsOf(field, number)) setBit(bits, slot);
}
