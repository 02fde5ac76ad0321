import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dataTypeOf, parentTypeOf } from './data-type.ts';

const TABLE: [string, string][] = [
  ['article', 'Article'],
  ['review', 'Article'],
  ['contributionToPeriodical', 'Article'],
  ['preprint', 'Article'],
  ['journal article', 'Article'],
  ['doctoralThesis', 'Thesis_or_Dissertation'],
  ['masterThesis', 'Thesis_or_Dissertation'],
  ['bachelorThesis', 'Thesis_or_Dissertation'],
  ['thesis', 'Thesis_or_Dissertation'],
  ['dissertation', 'Thesis_or_Dissertation'],
  ['conferencePaper', 'Conference_Item'],
  ['conferenceObject', 'Conference_Item'],
  ['conferencePoster', 'Conference_Item'],
  ['conferenceProceedings', 'Conference_Item'],
  ['conferenceContribution', 'Conference_Item'],
  ['lecture', 'Conference_Item'],
  ['book', 'Book_Segment'],
  ['bookPart', 'Book_Segment'],
  ['book chapter', 'Book_Segment'],
  ['report', 'Report'],
  ['workingPaper', 'Report'],
  ['technicalDocumentation', 'Report'],
  ['technical report', 'Report'],
  ['dataset', 'Dataset'],
  ['software', 'Software'],
  ['patent', 'Patent'],
  ['image', 'Image'],
  ['stillImage', 'Image'],
  ['sound', 'Sound'],
  ['video', 'Audiovisual'],
  ['movingImage', 'Audiovisual'],
  ['interactiveResource', 'Interactive_Resource'],
  ['standard', 'Standard'],
  ['other', 'Other'],
  ['annotation', 'Other'],
  ['text', 'Unspecified'],
  ['plan or blueprint', 'Unspecified'],
];

test('given each word of the table, when read, then its Data_Type is the one beside it', () => {
  for (const [word, type] of TABLE) assert.equal(dataTypeOf([word]), type, word);
});

test('given a prefix, spaces or another case, when read, then the Data_Type is the same', () => {
  const prefix = fc.constantFrom(
    '',
    'info:eu-repo/semantics/',
    'http://purl.org/dc/dcmitype/',
    'INFO:EU-REPO/Semantics/',
  );
  fc.assert(
    fc.property(fc.constantFrom(...TABLE), prefix, fc.boolean(), ([word, type], before, upper) => {
      const written = ` ${before}${upper ? word.toUpperCase() : word} `;
      assert.equal(dataTypeOf([written]), type);
    }),
  );
});

test('given several types, when read, then the first known one wins and text is not known', () => {
  assert.equal(dataTypeOf(['text', 'PeerReviewed', 'Technical Report', 'Article']), 'Report');
});

test('given no type, when read, then it is Unspecified', () => {
  assert.equal(dataTypeOf([]), 'Unspecified');
});

test('given a COUNTER Data_Type itself, when read, then it stays', () => {
  assert.equal(dataTypeOf(['Thesis_or_Dissertation']), 'Thesis_or_Dissertation');
  assert.equal(dataTypeOf(['Book_Segment']), 'Book_Segment');
});

test('given the genre of a host, when read, then the parent has its COUNTER type or none', () => {
  assert.equal(parentTypeOf(['periodical']), 'Journal');
  assert.equal(parentTypeOf(['Journal']), 'Journal');
  assert.equal(parentTypeOf(['info:eu-repo/semantics/book']), 'Book');
  assert.equal(parentTypeOf(['shelf']), null);
});
