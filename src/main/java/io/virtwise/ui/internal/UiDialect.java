package io.virtwise.ui.internal;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;

import io.virtwise.access.CurrentUser;
import io.virtwise.ui.Times;
import io.virtwise.ui.Verdicts;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IExpressionObjectDialect;
import org.thymeleaf.expression.IExpressionObjectFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Gives templates {@code #frame}, {@code #times} and {@code #verdicts}. Being a dialect,
 * it is there in tests of a single controller too.
 */
@Component
class UiDialect extends AbstractDialect implements IExpressionObjectDialect, IExpressionObjectFactory {

	private static final CurrentUser NOBODY = Optional::empty;

	private final ObjectProvider<CurrentUser> currentUser;

	private final ObjectProvider<Clock> clock;

	private final Verdicts verdicts = new Verdicts();

	UiDialect(ObjectProvider<CurrentUser> currentUser, ObjectProvider<Clock> clock) {
		super("virtwise");
		this.currentUser = currentUser;
		this.clock = clock;
	}

	@Override
	public IExpressionObjectFactory getExpressionObjectFactory() {
		return this;
	}

	@Override
	public Set<String> getAllExpressionObjectNames() {
		return Set.of("frame", "times", "verdicts");
	}

	@Override
	public @Nullable Object buildObject(IExpressionContext context, String name) {
		return switch (name) {
			case "frame" -> new Frame(this.currentUser.getIfAvailable(() -> NOBODY), request());
			case "times" -> new Times(this.clock.getIfAvailable(Clock::systemUTC));
			case "verdicts" -> this.verdicts;
			default -> null;
		};
	}

	@Override
	public boolean isCacheable(String name) {
		return true;
	}

	private static @Nullable HttpServletRequest request() {
		return (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)
				? attributes.getRequest() : null;
	}

}
