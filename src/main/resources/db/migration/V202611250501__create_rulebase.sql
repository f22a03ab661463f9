-- The rulebase as a series of revisions that nobody changes any more, and the drafts that become the next ones.
-- A text is kept once, under its hash, however many revisions and drafts hold it.
create table rule_text (
	sha256 varchar(64) not null primary key,
	size integer not null,
	content text not null
);

create table rule_revision (
	number integer not null primary key,
	parent integer references rule_revision (number),
	sha256 varchar(64) not null,
	content_sha256 varchar(64) not null,
	author varchar(32) not null,
	approver varchar(32),
	message varchar(2000) not null,
	published_at timestamp with time zone not null,
	constraint rule_revision_four_eyes check (approver is null or approver <> author),
	constraint rule_revision_number check (number > 0)
);

create table rule_revision_file (
	revision integer not null references rule_revision (number),
	path varchar(120) not null,
	text_sha256 varchar(64) not null references rule_text (sha256),
	primary key (revision, path)
);

-- Which rules a revision adds, changes or takes out, and who wrote that.
create table rule_change (
	revision integer not null references rule_revision (number),
	rule_id varchar(64) not null,
	person varchar(32) not null,
	kind varchar(8) not null,
	primary key (revision, rule_id, person),
	constraint rule_change_kind check (kind in ('added', 'changed', 'removed'))
);

create index rule_change_by_rule on rule_change (rule_id);

-- Everybody who wrote any line of a revision.
create table rule_revision_writer (
	revision integer not null references rule_revision (number),
	person varchar(32) not null,
	primary key (revision, person)
);

-- One row: the revision in force.
create table rule_active (
	name varchar(8) not null primary key,
	revision integer not null references rule_revision (number),
	since timestamp with time zone not null,
	version bigint not null,
	constraint rule_active_one check (name = 'active')
);

-- What came with versions of the portal, by the hash over all files.
create table rule_distribution (
	content_sha256 varchar(64) not null primary key,
	seen_at timestamp with time zone not null
);

create table rule_distribution_file (
	content_sha256 varchar(64) not null references rule_distribution (content_sha256),
	path varchar(120) not null,
	text_sha256 varchar(64) not null references rule_text (sha256),
	primary key (content_sha256, path)
);

create sequence rule_draft_number start with 1;

-- A draft rests on the revision that was in force when it was last compared with it. One with "activates" goes back
-- to an earlier revision and is never edited.
create table rule_draft (
	id varchar(32) not null primary key,
	number bigint not null,
	from_revision integer not null references rule_revision (number),
	rests_on integer not null references rule_revision (number),
	activates integer references rule_revision (number),
	distribution varchar(64) references rule_distribution (content_sha256),
	message varchar(2000) not null,
	status varchar(32) not null,
	status_at timestamp with time zone not null,
	status_note varchar(2000),
	author varchar(32) not null,
	created_at timestamp with time zone not null,
	submitted_by varchar(32),
	published_as integer references rule_revision (number),
	version bigint not null,
	constraint rule_draft_number_once unique (number),
	constraint rule_draft_of_distribution_once unique (distribution),
	constraint rule_draft_status check (status in ('draft', 'waiting-for-approval', 'published', 'denied', 'discarded'))
);

create index rule_draft_by_status on rule_draft (status, number);

create table rule_draft_file (
	draft varchar(32) not null references rule_draft (id),
	path varchar(120) not null,
	text_sha256 varchar(64) not null references rule_text (sha256),
	edited_by varchar(32),
	edited_at timestamp with time zone,
	primary key (draft, path)
);

-- Who wrote what: a row for each rule that a person touched, with an empty rule for text outside of rules.
create table rule_draft_edit (
	draft varchar(32) not null references rule_draft (id),
	path varchar(120) not null,
	rule_id varchar(64) not null,
	person varchar(32) not null,
	last_at timestamp with time zone not null,
	primary key (draft, path, rule_id, person)
);

-- Files that were changed on both sides; the draft holds ours until somebody decides.
create table rule_draft_conflict (
	draft varchar(32) not null references rule_draft (id),
	path varchar(120) not null,
	ancestor_sha256 varchar(64) references rule_text (sha256),
	theirs_sha256 varchar(64) references rule_text (sha256),
	primary key (draft, path)
);

create table rule_draft_lock (
	draft varchar(32) not null references rule_draft (id),
	path varchar(120) not null,
	person varchar(32) not null,
	since timestamp with time zone not null,
	seen_at timestamp with time zone not null,
	primary key (draft, path)
);
