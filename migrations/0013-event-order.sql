-- The first number of an event in the feed: of events that say the same once works are one, the one that came first stays, also
-- among those that came at one time. Null: it came before this column; its present number stands for it.
alter table derived.events add column created_no bigint;
