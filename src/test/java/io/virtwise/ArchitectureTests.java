package io.virtwise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Controller;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules of the house that a compiler does not know.
 */
class ArchitectureTests {

	private static final Path SOURCES = Path.of("src/main/java");

	private static final Set<String> LINK_ERRORS = Set.of("java.lang.UnsatisfiedLinkError",
			"java.lang.NoClassDefFoundError", "java.lang.LinkageError");

	private static JavaClasses ours;

	@BeforeAll
	static void readClasses() {
		ours = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("io.virtwise");
	}

	@ParameterizedTest
	@CsvSource({ "org.drools.., rules", "org.kie.., rules", "org.mvel2.., rules", "org.libvirt.., libvirt",
			"com.sun.jna.., libvirt", "org.ini4j.., nova", "com.github.difflib.., nova",
			"org.apache.commons.compress.., facts", "org.tukaani.., facts", "com.github.kagkarlsson.., rollout" })
	void aFencedLibraryStaysInItsRoom(String library, String room) {
		ArchRule rule = noClasses().that()
			.resideOutsideOfPackage("io.virtwise." + room + "..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(library);

		rule.check(ours);
	}

	@Test
	void nobodyButLibvirtCatchesItsMissingLibrary() {
		List<String> catchers = ours.stream()
			.flatMap((type) -> type.getCodeUnits().stream())
			.filter((unit) -> unit.getTryCatchBlocks()
				.stream()
				.flatMap((block) -> block.getCaughtThrowables().stream())
				.anyMatch((caught) -> LINK_ERRORS.contains(caught.getName())))
			.map(JavaCodeUnit::getFullName)
			.toList();

		assertThat(catchers).isNotEmpty().allMatch((name) -> name.startsWith("io.virtwise.libvirt."));
	}

	@Test
	void whatABeanNeedsComesThroughItsConstructor() {
		fields().should().notBeAnnotatedWith(Autowired.class).check(ours);
		methods().should().notBeAnnotatedWith(Autowired.class).check(ours);
	}

	@Test
	void timeComesFromTheClock() {
		noClasses().that()
			.doNotHaveFullyQualifiedName("io.virtwise.shared.ClockConfiguration")
			.and()
			// pages under test may stand without the bean
			.doNotHaveFullyQualifiedName("io.virtwise.ui.internal.UiDialect")
			.should()
			.accessTargetWhere(readsTheSystemsTime())
			.check(ours);
	}

	@Test
	void controllersAreTheirRoomsOwnAndThin() {
		classes().that()
			.areMetaAnnotatedWith(Controller.class)
			.should()
			.notBePublic()
			.andShould()
			.resideInAnyPackage("io.virtwise.*.web..", "io.virtwise.ui..")
			.check(ours);
	}

	@Test
	void storageIsPlainSqlAndNothingIsDeserialised() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("jakarta.persistence..", "org.hibernate.Session..", "lombok..")
			.check(ours);
		noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.io.ObjectInputStream").check(ours);
	}

	@Test
	void namesAreTheFieldsOwn() {
		classes().should()
			.haveNameNotMatching(".*(Impl|Dto|DTO|Data|Util|Utils|Helper|Manager)")
			.andShould()
			.resideOutsideOfPackages("..util..", "..common..", "..helper..", "..manager..", "..impl..")
			.check(ours);
	}

	@Test
	void everyPackageIsNullMarked() {
		TreeSet<String> unmarked = new TreeSet<>();
		ours.stream()
			.map(JavaClass::getPackage)
			.filter((found) -> !found.isAnnotatedWith(NullMarked.class))
			.forEach((found) -> unmarked.add(found.getName()));

		assertThat(unmarked).as("packages without @NullMarked in their package-info").isEmpty();
	}

	@Test
	void everyTypeSaysWhatItStandsFor() {
		List<String> silent = new ArrayList<>();
		sources().forEach((source) -> {
			String text = read(source);
			int type = start(text);
			if (!text.substring(0, type).matches("(?s).*\\*/\\s*(?:@[^\\n]+(?:\\n[^\\n@]*\\))?\\s*)*")) {
				silent.add(SOURCES.relativize(source).toString());
			}
		});
		assertThat(silent).as("types without Javadoc").isEmpty();
	}

	@Test
	void noFileIsLongerThanOneCanHoldInMind() {
		assertThat(sources().filter((source) -> read(source).lines().count() > 400)).as("files of more than 400 lines")
			.isEmpty();
	}

	private static int start(String text) {
		var type = Pattern
			.compile(
					"(?m)^(?:public |final |abstract |sealed |non-sealed )*(?:class|interface|record|enum|@interface) ")
			.matcher(text);
		return type.find() ? type.start() : 0;
	}

	private static Stream<Path> sources() {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			return files.filter((file) -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
				.sorted()
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path source) {
		try {
			return Files.readString(source);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static DescribedPredicate<JavaAccess<?>> readsTheSystemsTime() {
		List<Class<?>> moments = List.of(Instant.class, LocalDate.class, LocalDateTime.class, OffsetDateTime.class,
				ZonedDateTime.class);
		return DescribedPredicate.describe("read the system's time past the injected Clock", (access) -> {
			JavaClass owner = access.getTargetOwner();
			String name = access.getName();
			boolean given = access.getTarget().getDescription().contains("java.time.Clock");
			return (name.equals("now") && moments.stream().anyMatch(owner::isEquivalentTo) && !given)
					|| (owner.isEquivalentTo(Clock.class) && name.startsWith("system"))
					|| (owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis"))
					|| (owner.isEquivalentTo(Date.class) && name.equals("<init>")
							&& access.getTarget().getDescription().endsWith("()>"));
		});
	}

}
