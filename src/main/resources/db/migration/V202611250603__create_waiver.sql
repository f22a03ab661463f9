-- A finding of a node that somebody lives with until a day. open_finding is node and finding while it counts.
create table waiver (
	id varchar(32) not null primary key,
	node_id varchar(32) not null references node (id),
	rule varchar(64) not null,
	title varchar(1000) not null,
	reason varchar(2000) not null,
	owner varchar(200) not null,
	until_day date not null,
	facts_sha256 varchar(64) not null,
	created_by varchar(32) not null,
	created_at timestamp with time zone not null,
	ended_at timestamp with time zone,
	ended_by varchar(32),
	ending varchar(16),
	open_finding varchar(128),
	constraint waiver_ending check (ending in ('ran-out', 'facts-changed', 'taken-back')),
	constraint waiver_ended check ((ended_at is null) = (ending is null) and (ended_at is null) = (open_finding is not null)),
	constraint waiver_one_open unique (open_finding)
);

create index waiver_by_node on waiver (node_id, created_at);
create index waiver_by_end on waiver (ended_at, until_day);
