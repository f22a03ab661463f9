-- On how many nodes guests would not fit the CPU that they get; risk_guests counts those of which nobody knows.
alter table approval_request add column risk_breaking integer default 0 not null;
