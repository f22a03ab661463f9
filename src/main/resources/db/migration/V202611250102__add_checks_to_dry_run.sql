-- Each thing that a dry run looked at on a node, and what came of it.
create table dry_run_check (
	change_id varchar(32) not null,
	node_id varchar(32) not null,
	position integer not null,
	name varchar(32) not null,
	outcome varchar(16) not null,
	text varchar(2000) not null,
	primary key (change_id, node_id, position),
	foreign key (change_id, node_id) references dry_run (change_id, node_id),
	constraint dry_run_check_outcome check (outcome in ('would-work', 'would-fail', 'not-checked'))
);
