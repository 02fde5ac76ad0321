-- People and organisations are found by words of their names, whatever marks their letters carry. The first thousand
-- characters: what is longer is no name, and a vector has an end.
create index entities_words on derived.entities
  using gin (to_tsvector('simple', regexp_replace(normalize(left(name, 1000), nfkd), '[\u0300-\u036f]', '', 'g')))
  where name is not null;
