-- What a draft would change on the fleet: a run, the different changes that it found, and which node has which.
create table rule_impact (
	id varchar(32) not null primary key,
	draft varchar(32) not null references rule_draft (id),
	content_sha256 varchar(64) not null,
	revision integer not null references rule_revision (number),
	fleet_sha256 varchar(64),
	result_sha256 varchar(64),
	pulse_nodes bigint not null,
	pulse_newest timestamp with time zone,
	status varchar(16) not null,
	total bigint not null,
	done bigint not null,
	judged bigint not null,
	changed bigint not null,
	note varchar(2000),
	asked_by varchar(32) not null,
	begun_at timestamp with time zone not null,
	ended_at timestamp with time zone,
	seen_at timestamp with time zone not null,
	constraint rule_impact_status check (status in ('running', 'stopping', 'done', 'cancelled', 'failed'))
);

create index rule_impact_by_draft on rule_impact (draft, begun_at);

create table rule_impact_change (
	impact varchar(32) not null references rule_impact (id) on delete cascade,
	number integer not null,
	kinds varchar(64) not null,
	verdict_before varchar(16) not null,
	verdict_after varchar(16) not null,
	nodes bigint not null,
	detail text not null,
	primary key (impact, number)
);

create table rule_impact_node (
	impact varchar(32) not null references rule_impact (id) on delete cascade,
	node_id varchar(32) not null,
	node_name varchar(120) not null,
	number integer not null,
	primary key (impact, node_id)
);

create index rule_impact_node_by_change on rule_impact_node (impact, number, node_name);
