package io.virtwise.rules.internal.syntax;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Layout}.
 */
class LayoutTests {

	@Test
	void givesARuleItsForm() {
		assertThat(laidOut("""
				// about
				rule   "V1 It can"   @id( V1 )
				  @severity (INFO) when
				CpuInfo( vmx==Known.YES,$n :logicalCpus,  ( a in("x" ,"y")||b!=null ) ) // why
				  not( A( )  or  B() )
				\tthen advise . finding( "a  b" ,
				"c"
				) ; end
				rule "V2 x" when A() then advise.unknown("a", "b"); end


				/* last
				   word */
				""")).isEqualTo("""
				// about
				rule "V1 It can" @id(V1)
				@severity(INFO)
				when
				    CpuInfo(vmx == Known.YES, $n : logicalCpus, (a in ("x", "y") || b != null)) // why
				    not (A() or B())
				then
				    advise.finding("a  b",
				        "c"
				    );
				end

				rule "V2 x"
				when
				    A()
				then
				    advise.unknown("a", "b");
				end

				/* last
				   word */
				""");
	}

	@Test
	void leavesWhatIsLaidOutAsItIs() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("rules"))) {
			for (Path file : files.filter((one) -> one.toString().endsWith(".drl")).toList()) {
				String once = laidOut(Files.readString(file));
				assertThat(laidOut(once)).as(file.toString()).isEqualTo(once);
			}
		}
	}

	@Test
	void keepsEveryCommentOfTheShippedRules() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("rules"))) {
			for (Path file : files.filter((one) -> one.toString().endsWith(".drl")).toList()) {
				String text = Files.readString(file);
				assertThat(comments(laidOut(text))).as(file.toString()).isEqualTo(comments(text));
			}
		}
	}

	@Test
	void saysWhatKeepsItFromBeingLaidOut() {
		Problems problems = new Problems("a.drl");

		assertThat(Layout.of("rule \"V1 x\nwhen", problems)).isEmpty();
		assertThat(problems.all()).first().asString().contains("a.drl:1:6", "no end on its line");
	}

	@Test
	void laysOutNothingToNothing() {
		assertThat(laidOut("")).isEmpty();
		assertThat(laidOut("\n\n")).isEmpty();
		assertThat(laidOut("// alone")).isEqualTo("// alone\n");
	}

	private static List<String> comments(String text) {
		return text.lines().map(String::strip).filter((line) -> line.startsWith("//")).toList();
	}

	private static String laidOut(String text) {
		return Layout.of(text, new Problems("a.drl")).orElseThrow();
	}

}
