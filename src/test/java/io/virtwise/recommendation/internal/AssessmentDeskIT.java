package io.virtwise.recommendation.internal;

import javax.sql.DataSource;

import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;

/**
 * The tests of {@link AssessmentDesk} on both databases that are supported.
 */
@OnBothDatabases
class AssessmentDeskIT extends AssessmentDeskTests {

	private final Database database;

	AssessmentDeskIT(Database database) {
		this.database = database;
	}

	@Override
	DataSource dataSource() {
		this.database.jdbc().sql("delete from node_standing").update();
		this.database.jdbc().sql("delete from node_assessment").update();
		return this.database.dataSource();
	}

}
