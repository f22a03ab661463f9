package io.virtwise.testing;

import java.time.Duration;
import java.util.Locale;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A fresh database with all migrations applied.
 *
 * @param name the product's name
 * @param url where another process or portal finds it
 * @param user who it knows, without a password
 * @param dataSource gives connections to it
 * @param end lets go of it
 */
public record Database(String name, String url, String user, DataSource dataSource, Runnable end) {

	static Database migrated(String name, String url, String user) {
		DriverManagerDataSource source = new DriverManagerDataSource(url, user, "");
		Flyway.configure()
			.dataSource(source)
			.locations("classpath:db/migration", "classpath:db/vendor/" + name.toLowerCase(Locale.ROOT))
			.load()
			.migrate();
		return new Database(name, url, user, source,
				() -> JdbcClient.create(source).sql("shutdown immediately").update());
	}

	/** One that is there already, with connections that are kept, as the portal does. */
	static Database pooled(String name, String url, String user) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		config.setUsername(user);
		config.setMinimumIdle(0);
		config.setMaximumPoolSize(20);
		config.setIdleTimeout(Duration.ofSeconds(10).toMillis());
		HikariDataSource pool = new HikariDataSource(config);
		// a context of Spring would close the pool itself, and another may follow on it
		return new Database(name, url, user, new DelegatingDataSource(pool), pool::close);
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
