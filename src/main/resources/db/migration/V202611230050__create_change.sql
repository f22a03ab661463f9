-- Change requests: what is planned for which node, exact to the byte, and where each stands.
create sequence change_number start with 1;

create table change_request (
	id varchar(32) not null primary key,
	number bigint not null,
	title varchar(300) not null,
	reason varchar(2000) not null,
	status varchar(32) not null,
	status_at timestamp with time zone not null,
	status_note varchar(2000),
	planned_by varchar(32) not null,
	planned_at timestamp with time zone not null,
	requested_by varchar(32),
	submitted_at timestamp with time zone,
	rulebase_revision integer not null,
	rulebase_sha256 varchar(64) not null,
	content_sha256 varchar(64) not null,
	version bigint not null,
	constraint change_request_number unique (number),
	constraint change_request_status check (status in ('draft', 'waiting-for-approval', 'approved', 'running', 'paused',
		'in-force', 'restart-pending', 'failed', 'rolled-back', 'denied', 'withdrawn', 'expired'))
);

create index change_request_by_status on change_request (status, number);

create table change_node (
	change_id varchar(32) not null references change_request (id),
	position integer not null,
	node_id varchar(32) not null,
	node_name varchar(255) not null,
	path varchar(1000) not null,
	release_name varchar(64),
	running_guests integer not null,
	facts_sha256 varchar(64) not null,
	before_sha256 varchar(64) not null,
	after_sha256 varchar(64) not null,
	before_bytes bytea not null,
	after_bytes bytea not null,
	primary key (change_id, node_id)
);

create index change_node_by_node on change_node (node_id);

create table change_setting (
	change_id varchar(32) not null,
	node_id varchar(32) not null,
	position integer not null,
	section varchar(200) not null,
	option_name varchar(200) not null,
	option_value varchar(4000),
	rule varchar(64) not null,
	reason varchar(4000) not null,
	primary key (change_id, node_id, position),
	foreign key (change_id, node_id) references change_node (change_id, node_id)
);

create table change_log (
	id varchar(32) not null primary key,
	change_id varchar(32) not null references change_request (id),
	position bigint not null,
	happened_at timestamp with time zone not null,
	person_id varchar(32),
	verb varchar(32) not null,
	status varchar(32) not null,
	note varchar(2000),
	constraint change_log_position unique (change_id, position)
);
