-- The watch for drift: each node that this portal put a file on, and when it is looked at next.
create table drift_watch (
	node_id varchar(32) not null primary key,
	node_name varchar(255) not null,
	next_at timestamp with time zone not null,
	checked_at timestamp with time zone,
	failure varchar(2000),
	failed_at timestamp with time zone,
	constraint drift_watch_failure check ((failure is null) = (failed_at is null))
);

create index drift_watch_by_next on drift_watch (next_at);

insert into drift_watch (node_id, node_name, next_at)
	select p.node_id, max(n.node_name), current_timestamp from push p
	join change_node n on n.node_id = p.node_id and n.change_id = p.change_id
	where p.proved_at is not null group by p.node_id;

-- A file that is not what was approved. open_file is node and path while it is open: one at a time.
create table drift_finding (
	id varchar(32) not null primary key,
	node_id varchar(32) not null,
	node_name varchar(255) not null,
	path varchar(1000) not null,
	kind varchar(16) not null,
	change_id varchar(32) not null references change_request (id),
	approved_bytes bytea not null,
	actual_bytes bytea,
	found_at timestamp with time zone not null,
	seen_at timestamp with time zone not null,
	closed_at timestamp with time zone,
	closing varchar(16),
	open_file varchar(1100),
	constraint drift_finding_kind check (kind in ('changed', 'missing', 'not-a-file')),
	constraint drift_finding_closing check (closing in ('back', 'approved', 'not-watched')),
	constraint drift_finding_closed check ((closed_at is null) = (closing is null)
		and (closed_at is null) = (open_file is not null)),
	constraint drift_finding_one_open unique (open_file)
);

create index drift_finding_by_node on drift_finding (node_id, found_at);
create index drift_finding_by_time on drift_finding (found_at);
