-- A delivery of new works takes thousands of numbers at once: a session keeps some in hand (6 µs a number before). What a
-- session does not use is lost, which is no loss.
alter table derived.works alter column work_id set cache 500;
