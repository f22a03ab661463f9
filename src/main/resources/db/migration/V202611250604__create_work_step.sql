-- What is left to do on a node once its file is written: steps that libvirt cannot do. A person may tick one; it closes by
-- evidence. started_at is when a look at the node showed that nova-compute was started after the file was proved.
create table work_step (
	id varchar(32) not null primary key,
	change_id varchar(32) not null references change_request (id),
	node_id varchar(32) not null,
	node_name varchar(255) not null,
	number integer not null,
	kind varchar(16) not null,
	title varchar(1000) not null,
	detail text not null,
	rules varchar(2000) not null,
	made_at timestamp with time zone not null,
	ticked_by varchar(32),
	ticked_at timestamp with time zone,
	started_at timestamp with time zone,
	closed_at timestamp with time zone,
	closing varchar(16),
	evidence varchar(2000),
	constraint work_step_kind check (kind in ('step', 'restart')),
	constraint work_step_closing check (closing in ('evidence', 'person', 'rolled-back')),
	constraint work_step_ticked check ((ticked_by is null) = (ticked_at is null)),
	constraint work_step_closed check ((closed_at is null) = (closing is null)),
	constraint work_step_once unique (change_id, node_id, number)
);

create index work_step_open on work_step (node_id, closed_at);
