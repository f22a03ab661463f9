-- A file may be as approved and yet not count, because another one that nova reads sets the same otherwise.
alter table drift_finding add column detail varchar(2000);
alter table drift_finding drop constraint drift_finding_kind;
alter table drift_finding add constraint drift_finding_kind
	check (kind in ('changed', 'missing', 'not-a-file', 'overruled'));
