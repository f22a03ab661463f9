-- Four eyes. A decision carries who asked and who edited, tied to the request by a foreign key, so that a CHECK on
-- the row alone refuses self-approval, also when somebody writes to the table past the portal.
create table approval_request (
	id varchar(32) not null primary key,
	subject_type varchar(32) not null,
	subject_id varchar(32) not null,
	subject_name varchar(300) not null,
	subject_path varchar(300) not null,
	content_sha256 varchar(64) not null,
	requested_by varchar(32) not null,
	last_edited_by varchar(32) not null,
	requested_at timestamp with time zone not null,
	expires_at timestamp with time zone not null,
	needed integer not null,
	status varchar(16) not null,
	open_subject varchar(80),
	version bigint not null,
	constraint approval_request_needed check (needed >= 1),
	constraint approval_request_status check (status in ('open', 'granted', 'denied', 'withdrawn', 'expired', 'used')),
	constraint approval_request_one_open unique (open_subject),
	constraint approval_request_binding unique (id, requested_by, last_edited_by, content_sha256)
);

create index approval_request_subject on approval_request (subject_type, subject_id, requested_at);
create index approval_request_due on approval_request (status, expires_at);

create table approval_decision (
	id varchar(32) not null primary key,
	request_id varchar(32) not null,
	requested_by varchar(32) not null,
	last_edited_by varchar(32) not null,
	content_sha256 varchar(64) not null,
	decided_by varchar(32) not null,
	outcome varchar(16) not null,
	remark varchar(2000),
	decided_at timestamp with time zone not null,
	constraint approval_decision_outcome check (outcome in ('approved', 'denied')),
	constraint approval_decision_reason check (outcome <> 'denied' or remark is not null),
	constraint approval_decision_four_eyes check (decided_by <> requested_by and decided_by <> last_edited_by),
	constraint approval_decision_once unique (request_id, decided_by),
	constraint approval_decision_binding foreign key (request_id, requested_by, last_edited_by, content_sha256)
		references approval_request (id, requested_by, last_edited_by, content_sha256)
);
