package io.virtwise.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test class twice, on H2 and on PostgreSQL, each time on a fresh database with
 * all migrations applied. The class takes it in its constructor:
 *
 * <pre>
 * &#64;OnBothDatabases
 * class ThingRepositoryIT {
 *
 *     private final ThingRepository things;
 *
 *     ThingRepositoryIT(Database database) {
 *         this.things = new ThingRepository(database.jdbc());
 *     }
 *
 * }
 * </pre>
 *
 * The methods of one run share the database. Where PostgreSQL is not installed, that run
 * is skipped and says so.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@ExtendWith(BothDatabases.class)
public @interface OnBothDatabases {

}
