package io.virtwise.testing;

import java.util.Locale;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A fresh database with all migrations applied.
 *
 * @param name the product's name
 * @param dataSource gives connections to it
 */
public record Database(String name, DataSource dataSource) {

	static Database migrated(String name, String url, String user) {
		DriverManagerDataSource source = new DriverManagerDataSource(url, user, "");
		Flyway.configure()
			.dataSource(source)
			.locations("classpath:db/migration", "classpath:db/vendor/" + name.toLowerCase(Locale.ROOT))
			.load()
			.migrate();
		return new Database(name, source);
	}

	/**
	 * An H2 database in files, as the portal has it by default: it outlives its process.
	 */
	public static Database inFiles(java.nio.file.Path path) {
		return migrated("H2", "jdbc:h2:file:" + path.toAbsolutePath()
				+ ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1", "sa");
	}

	/** What repositories are made from. */
	public JdbcClient jdbc() {
		return JdbcClient.create(this.dataSource);
	}

	/** Runs things in a transaction of this database. */
	public TransactionTemplate transaction() {
		return new TransactionTemplate(new JdbcTransactionManager(this.dataSource));
	}

	@Override
	public String toString() {
		return this.name;
	}

}
