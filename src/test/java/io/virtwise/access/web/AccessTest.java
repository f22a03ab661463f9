package io.virtwise.access.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.TestPropertySource;

/**
 * Starts the access room with what answers its failures, on a database in memory, with
 * one account for each role.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ApplicationModuleTest(module = "access", extraIncludes = { "shared", "ui" }, verifyAutomatically = false)
@AutoConfigureMockMvc
@TestPropertySource(properties = { "virtwise.demo=true", "virtwise.admin-password=correct-horse-battery",
		"spring.datasource.url=jdbc:h2:mem:access;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH" })
@interface AccessTest {

}
