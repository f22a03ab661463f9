-- Jobs of the portal, by db-scheduler: whichever portal picks one does it, and a heartbeat tells whether it still does.
-- The columns are db-scheduler's; the data column stays empty, because a job is named by its instance and nothing else.
create table portal_job (
	task_name varchar(100) not null,
	task_instance varchar(200) not null,
	task_data bytea,
	execution_time timestamp with time zone not null,
	picked boolean not null,
	picked_by varchar(100),
	last_success timestamp with time zone,
	last_failure timestamp with time zone,
	consecutive_failures integer,
	last_heartbeat timestamp with time zone,
	version bigint not null,
	priority smallint,
	primary key (task_name, task_instance)
);

create index portal_job_by_time on portal_job (execution_time);
create index portal_job_by_heartbeat on portal_job (last_heartbeat);
