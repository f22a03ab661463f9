-- What the rules would have said with some facts changed, as it was worked out at the time of the assessment.
alter table node_assessment add column counterfactuals text default '[]' not null;
