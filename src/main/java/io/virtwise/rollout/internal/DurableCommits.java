package io.virtwise.rollout.internal;

import javax.sql.DataSource;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

import jakarta.annotation.PostConstruct;

/**
 * Has H2 hand every commit to the system before it answers. Left to itself it keeps
 * commits for up to half a second, and a process that is killed loses them: the journal
 * would not know of a write that has begun.
 */
@Component
class DurableCommits {

	private final DataSource dataSource;

	DurableCommits(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Settles it before anything is pushed; H2 remembers it with the database.
	 * @throws IllegalStateException where that cannot be had: nothing may be pushed then
	 */
	@PostConstruct
	void demand() {
		try {
			String product = JdbcUtils.extractDatabaseMetaData(this.dataSource,
					(data) -> data.getDatabaseProductName());
			if (product.equals("H2")) {
				JdbcClient.create(this.dataSource).sql("set write_delay 0").update();
			}
		}
		catch (MetaDataAccessException | DataAccessException ex) {
			throw new IllegalStateException("The database does not keep commits at once (SET WRITE_DELAY 0), and a push"
					+ " may only begin once its journal is kept. Let the portal's user be the owner of the H2 database.",
					ex);
		}
	}

}
