-- The policy of approvals, one row per edition; the newest holds. What a request was asked for, and what it rests on, is
-- kept with the request. Lists of names are kept as lines.
create table approval_policy (
	version bigint not null primary key,
	approvers integer not null,
	approvers_at_risk integer not null,
	risky_options text not null,
	risky_reboot boolean not null,
	risky_above integer not null,
	emergency boolean not null,
	valid_hours integer not null,
	authors_barred_days integer not null,
	changed_by varchar(32) not null,
	changed_at timestamp with time zone not null,
	constraint approval_policy_somebody_else check (approvers >= 1 and approvers_at_risk >= approvers),
	constraint approval_policy_ends check (valid_hours >= 1 and authors_barred_days >= 0 and risky_above >= 0)
);

create table approval_policy_group (
	version bigint not null references approval_policy (version),
	node_group varchar(255) not null,
	approver_group varchar(100) not null,
	primary key (version, node_group)
);

create table approval_policy_member (
	version bigint not null references approval_policy (version),
	approver_group varchar(100) not null,
	person_id varchar(32) not null,
	primary key (version, approver_group, person_id)
);

alter table approval_request add column because text default '' not null;
alter table approval_request add column approver_groups text default '' not null;
alter table approval_request add column emergency varchar(2000);
alter table approval_request add column risk_options text default '' not null;
alter table approval_request add column risk_reboot boolean default false not null;
alter table approval_request add column risk_nodes integer default 0 not null;
alter table approval_request add column risk_groups text default '' not null;
alter table approval_request add column rulebase_revision integer default 0 not null;
alter table approval_request add column rules text default '' not null;

-- Who looked back at an emergency is none of those who had a hand in it; as with decisions, the ids are tied to the
-- request and to its one approval by foreign keys, so that a CHECK on the row is enough.
create table approval_review (
	request_id varchar(32) not null primary key,
	requested_by varchar(32) not null,
	last_edited_by varchar(32) not null,
	content_sha256 varchar(64) not null,
	decided_by varchar(32) not null,
	reviewed_by varchar(32) not null,
	remark varchar(2000) not null,
	reviewed_at timestamp with time zone not null,
	constraint approval_review_other_eyes check (reviewed_by <> requested_by and reviewed_by <> last_edited_by
		and reviewed_by <> decided_by),
	constraint approval_review_binding foreign key (request_id, requested_by, last_edited_by, content_sha256)
		references approval_request (id, requested_by, last_edited_by, content_sha256),
	constraint approval_review_of_decision foreign key (request_id, decided_by)
		references approval_decision (request_id, decided_by)
);

-- What moved since somebody read a change is told from its log.
alter table change_log add column change_version bigint default 0 not null;
alter table change_node add column target varchar(600) default '' not null;
