package io.virtwise.testing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a class that is {@link OnBothDatabases} its two databases.
 */
class BothDatabases implements ClassTemplateInvocationContextProvider {

	private static final AtomicInteger NUMBER = new AtomicInteger();

	@Override
	public boolean supportsClassTemplate(ExtensionContext context) {
		return true;
	}

	@Override
	public Stream<? extends ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
			ExtensionContext context) {
		return Stream.of(new On("H2", Optional.empty(), BothDatabases::h2),
				new On("PostgreSQL", PrivatePostgreSql.whyNot(), () -> PrivatePostgreSql.get().fresh()));
	}

	private static Database h2() {
		return Database.migrated("H2", "jdbc:h2:mem:storage" + NUMBER.incrementAndGet()
				+ ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1", "sa");
	}

	/**
	 * One of the two runs.
	 */
	private static final class On
			implements ClassTemplateInvocationContext, ParameterResolver, ExecutionCondition, AfterAllCallback {

		private final String name;

		private final Optional<String> whyNot;

		private final Supplier<Database> maker;

		private @Nullable Database database;

		private On(String name, Optional<String> whyNot, Supplier<Database> maker) {
			this.name = name;
			this.whyNot = whyNot;
			this.maker = maker;
		}

		@Override
		public String getDisplayName(int index) {
			return this.name;
		}

		@Override
		public List<Extension> getAdditionalExtensions() {
			return List.of(this);
		}

		@Override
		public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
			return this.whyNot.map(ConditionEvaluationResult::disabled)
				.orElseGet(() -> ConditionEvaluationResult.enabled(this.name));
		}

		@Override
		public void afterAll(ExtensionContext context) {
			Database known = this.database;
			if (known != null) {
				this.database = null;
				known.end().run();
			}
		}

		@Override
		public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
			return parameter.getParameter().getType() == Database.class;
		}

		@Override
		public Database resolveParameter(ParameterContext parameter, ExtensionContext context) {
			Database known = this.database;
			if (known == null) {
				known = this.maker.get();
				this.database = known;
			}
			return known;
		}

	}

}
