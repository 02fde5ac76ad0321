-- A page of the feed costs the same whatever is asked for: what few events have is found without passing by all the others.
create index events_relation on derived.events (relation_id, change_no);
create index events_account on derived.events (account_id, change_no);
create index events_gone on derived.events (change_no) where state <> 'l';
