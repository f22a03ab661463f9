-- Facts that are equal have equal hashes, so that a replay of the fleet judges them once.
alter table fact_snapshot add column facts_sha256 varchar(64);
