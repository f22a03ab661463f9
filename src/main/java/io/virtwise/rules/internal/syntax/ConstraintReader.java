package io.virtwise.rules.internal.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.virtwise.rules.internal.syntax.Token.Kind;

/**
 * Reads one constraint of a pattern. Its grammar is all that constraints can be. <pre>
 * constraint := $variable : field | either
 * either     := both { || both }
 * both       := single { &amp;&amp; single }
 * single     := ( either ) | subject operator value | subject [not] in ( value { , value } )
 * subject    := field | $variable
 * </pre>
 */
final class ConstraintReader extends TokenReader {

	private static final int MOST_VALUES = 200;

	private static final String OPERATOR = "==, !=, <, <=, >, >=, in or not in";

	ConstraintReader(SourceText source, List<Token> tokens, Place end) {
		super(source, tokens, end);
	}

	Constraint read() throws NotAllowed {
		Constraint constraint = (sees(Kind.VARIABLE) && sees(1, ":")) ? binding() : either();
		if (!atEnd()) {
			throw unexpected("a comma, && or ||");
		}
		return constraint;
	}

	private Constraint binding() throws NotAllowed {
		Place place = place();
		String variable = take(Kind.VARIABLE, "a variable").text();
		next();
		Subject field = field();
		if (!atEnd()) {
			throw new NotAllowed(place(),
					"a binding stands by itself; what else is asked of the field comes after a comma",
					variable + " : " + field.name() + ", " + field.name() + " …");
		}
		return new Constraint.Binding(place, variable, field);
	}

	private Constraint either() throws NotAllowed {
		Place place = place();
		List<Constraint> parts = new ArrayList<>(List.of(both()));
		while (takes("||")) {
			parts.add(both());
		}
		return (parts.size() == 1) ? parts.get(0) : new Constraint.Either(place, parts);
	}

	private Constraint both() throws NotAllowed {
		Place place = place();
		List<Constraint> parts = new ArrayList<>(List.of(single()));
		while (takes("&&")) {
			parts.add(single());
		}
		return (parts.size() == 1) ? parts.get(0) : new Constraint.Both(place, parts);
	}

	private Constraint single() throws NotAllowed {
		Place place = place();
		if (takes("(")) {
			Constraint inner = either();
			take(")", "a closing bracket");
			return new Constraint.Brackets(place, inner);
		}
		Subject subject = sees(Kind.VARIABLE) ? new Subject(place, next().text()) : field();
		if (subject.isVariable() && sees(":")) {
			throw new NotAllowed(place, "a binding stands by itself, between commas");
		}
		boolean negated = takes("not");
		if (takes("in")) {
			return new Constraint.Membership(subject, negated, values());
		}
		Token token = peek(0);
		Optional<Operator> operator = (token == null || negated) ? Optional.empty() : Operator.of(token);
		if (operator.isEmpty()) {
			throw unexpected(negated ? "in" : OPERATOR);
		}
		next();
		return new Constraint.Comparison(subject, operator.get(), value());
	}

	private Subject field() throws NotAllowed {
		Place place = place();
		if (!sees(Kind.WORD) || sees("true") || sees("false") || sees("null")) {
			throw sees(Kind.TEXT) || sees(Kind.NUMBER) || sees(Kind.WORD)
					? new NotAllowed(place, "the field stands left of the operator, the value right")
					: unexpected("a field");
		}
		String name = next().text();
		if (sees("(")) {
			throw new NotAllowed(place, call(name));
		}
		if (sees(".")) {
			throw new NotAllowed(place(), Character.isUpperCase(name.charAt(0))
					? "the field stands left of the operator, the value right" : name + " has no parts to look at");
		}
		if (sees(Kind.TEXT) || (sees(Kind.WORD) && !sees("in") && !sees("not"))) {
			throw unexpected(OPERATOR);
		}
		return new Subject(place, name);
	}

	private List<Value> values() throws NotAllowed {
		take("(", "the values in brackets");
		List<Value> values = new ArrayList<>(List.of(value()));
		while (takes(",")) {
			values.add(value());
			if (values.size() > MOST_VALUES) {
				throw new NotAllowed(place(), "at most " + MOST_VALUES + " values stand in one list");
			}
		}
		take(")", "a comma or a closing bracket");
		return values;
	}

}
