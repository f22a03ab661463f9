-- Where a person signs in by a directory: which, and who they are there, whatever they are called.
alter table account add column directory varchar(64);
alter table account add column directory_id varchar(255);
alter table account add constraint account_directory_both
    check ((directory is null and directory_id is null) or (directory is not null and directory_id is not null));
alter table account add constraint account_directory_unique unique (directory, directory_id);
