package io.virtwise.facts.internal;

import io.virtwise.Corpus;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Known;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a listing of {@code /dev/kvm} yields, or the complaint that it is not there.
 */
class DevKvmParserTests {

	/** Written down by reading the files. */
	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "absent, NO, -, -, -, UNKNOWN, UNKNOWN, UNKNOWN",
					"numeric-node-gid-108, YES, crw-rw----, 0, 108, NO, YES, NO",
					"numeric-pod-gid-424, YES, crw-rw----, 0, 424, NO, YES, NO",
					"root-kvm-666-selinux-dot, YES, crw-rw-rw-, root, kvm, NO, YES, YES",
					"root-kvm-acl-denied, YES, crw-rw-rw-, root, kvm, YES, NO, YES",
					"root-kvm-plus, YES, crw-rw----, root, kvm, YES, UNKNOWN, NO",
					"root-root-600-localised-date, YES, crw-------, root, root, NO, NO, NO",
					"sos-ls-lanR-dev, YES, crw-rw----, 0, 108, NO, YES, NO" })
	void readsRealFiles(String file, Known present, String mode, String owner, String group, Known acl,
			Known groupMayUse, Known everybodyMayUse) {
		Reading<DevKvm> reading = parse(Corpus.text("dev-kvm/" + file + ".txt"));
		DevKvm kvm = reading.fact();
		assertThat(kvm.present()).isEqualTo(present);
		assertThat(kvm.mode()).isEqualTo(mode);
		assertThat(kvm.owner()).isEqualTo(owner);
		assertThat(kvm.group()).isEqualTo(group);
		assertThat(kvm.acl()).isEqualTo(acl);
		assertThat(kvm.groupMayUse()).isEqualTo(groupMayUse);
		assertThat(kvm.everybodyMayUse()).isEqualTo(everybodyMayUse);
		assertThat(reading.problems()).isEmpty();
		assertThat(reading.seen()).containsKey("DevKvm.present");
		assertThat(Corpus.files("dev-kvm")).hasSize(8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ls: cannot access '/dev/kvm': No such file or directory",
			"ls: cannot access /dev/kvm: No such file or directory", "ls: /dev/kvm: No such file or directory",
			"stat: cannot stat '/dev/kvm': No such file or directory",
			"ls: δεν είναι δυνατή η πρόσβαση στο '/dev/kvm': Δεν υπάρχει τέτοιο αρχείο ή κατάλογος",
			"ls: nie je možné pristúpiť k '/dev/kvm': Adresár alebo súbor neexistuje",
			"ls: ne mogu pristupiti '/dev/kvm': Nema takve datoteke ili direktorija",
			"ls: không thể truy cập '/dev/kvm': Không có tập tin hoặc thư mục như vậy",
			"ls: няма достъп до „/dev/kvm“: Няма такъв файл или директория",
			"stat: cannot statx '/dev/kvm': No such file or directory",
			"ls: Zugriff auf '/dev/kvm' nicht möglich: Datei oder Verzeichnis nicht gefunden",
			"ls: impossible d'accéder à '/dev/kvm': Aucun fichier ou dossier de ce type",
			"ls: no se puede acceder a '/dev/kvm': No existe el fichero o el directorio",
			"ls: 无法访问 '/dev/kvm': 没有那个文件或目录", "ls: '/dev/kvm' にアクセスできません: そのようなファイルやディレクトリはありません",
			"ls: невозможно получить доступ к '/dev/kvm': Нет такого файла или каталога",
			"$ ls -l /dev/kvm\nls: cannot access '/dev/kvm': No such file or directory\n$ ", "",
			"# stat /dev/kvm\n# \n" })
	void theComplaintMeansThatItIsNotThere(String text) {
		Reading<DevKvm> reading = parse(text);
		assertThat(reading.fact().present()).isEqualTo(Known.NO);
		assertThat(reading.fact().characterDevice()).isEqualTo(Known.NO);
		assertThat(reading.fact().mode()).isNull();
		assertThat(reading.problems()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "crw-rw---- 1 root kvm 10, 232 Nov 23 08:11 /dev/kvm",
			"crw-rw----    1 root     kvm       10, 232 Nov 23 06:41 /dev/kvm",
			"crw-rw----. 1 root kvm system_u:object_r:kvm_device_t:s0 10, 232 23. Nov 08:11 /dev/kvm",
			"crw-rw----. root kvm system_u:object_r:kvm_device_t:s0 /dev/kvm",
			"[root@cmp1 ~]# ls -l /dev/kvm\r\ncrw-rw---- 1 root kvm 10, 232 Nov 23 08:11 \u001B[01;33m/dev/kvm\u001B[0m\r\n",
			"crw-rw---- 1 root kvm 10, 232 Nov 23 08:11 kvm",
			"/dev:\ntotal 0\ncrw-rw---- 1 root kvm 10, 232 Nov 23 08:11 kvm\n\n/dev/other:\ncrw------- 1 a b 10, 232 Nov 23 08:11 kvm\n" })
	void readsEveryFormOfAListing(String text) {
		Reading<DevKvm> reading = parse(text);
		assertThat(reading.fact()).isEqualTo(new DevKvm(Known.YES, "crw-rw----", "root", "kvm", Known.NO));
		assertThat(reading.problems()).isEmpty();
	}

	@Test
	void readsStat() {
		Reading<DevKvm> reading = parse("""
				  File: /dev/kvm
				  Size: 0         	Blocks: 0          IO Block: 4096   character special file
				Device: 0,5	Inode: 345         Links: 1     Device type: 10,232
				Access: (0660/crw-rw----)  Uid: (    0/    root)   Gid: (  108/     kvm)
				Access: 2026-11-23 08:11:02.000000000 +0000
				""");
		assertThat(reading.fact()).isEqualTo(new DevKvm(Known.YES, "crw-rw----", "root", "kvm", Known.UNKNOWN));
		assertThat(Items.seen(reading, "DevKvm.mode")).singleElement()
			.satisfies((line) -> assertThat(line.line()).isEqualTo(4));
	}

	@Test
	void readsStatOfAnotherLanguageAndOfAGroupWithoutName() {
		assertThat(parse("权限：(0660/crw-rw----)  Uid：(    0/    root)   Gid：(  424/ UNKNOWN)").fact())
			.isEqualTo(new DevKvm(Known.YES, "crw-rw----", "root", "424", Known.UNKNOWN));
	}

	@Test
	void anAccessListAloneTellsWhoMayUseIt() {
		DevKvm kvm = parse("""
				# file: dev/kvm
				# owner: root
				# group: kvm
				user::rw-
				user:nova:rw-
				group::rw-
				mask::r--
				other::---
				""").fact();
		assertThat(kvm.present()).isEqualTo(Known.YES);
		assertThat(kvm.group()).isEqualTo("kvm");
		assertThat(kvm.acl()).isEqualTo(Known.YES);
		assertThat(kvm.groupMayUse()).as("the mask takes write away").isEqualTo(Known.NO);
		assertThat(kvm.everybodyMayUse()).isEqualTo(Known.NO);
		assertThat(kvm.characterDevice()).isEqualTo(Known.UNKNOWN);
	}

	@Test
	void anAccessListOfAnotherFileIsNotAboutIt() {
		assertThat(parse("# file: dev/null\nuser::rw-\ngroup::rw-\nother::rw-\n").fact()).isEqualTo(DevKvm.UNKNOWN);
	}

	@Test
	void aListingOfAllDevicesWithoutItMeansThatItIsNotThere() {
		assertThat(parse("/dev:\ntotal 0\ncrw-rw-rw- 1 0 0 1, 3 Feb 11 18:59 null\n").fact().present())
			.isEqualTo(Known.NO);
	}

	@ParameterizedTest
	@ValueSource(strings = { "> crw-rw---- 1 root kvm 10, 232 Nov 23 08:11 /dev/kvm",
			"> > crw-rw---- 1 root kvm 10, 232 Nov 23 08:11 /dev/kvm\n> >\n",
			"crw-rw----\u00A01\u00A0root\u00A0kvm\u00A010,\u00A0232\u00A0Nov\u00A023\u00A008:11\u00A0/dev/kvm",
			"\u001B[?2004l\rcrw-rw---- 1 root kvm 10, 232 Nov 23 08:11 \u001B[0m\u001B[40;33;01m/dev/kvm\u001B[0m" })
	void readsWhatWentThroughAMailAPageOrATerminal(String text) {
		assertThat(parse(text).fact()).isEqualTo(new DevKvm(Known.YES, "crw-rw----", "root", "kvm", Known.NO));
		assertThat(parse(text).problems()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ls: cannot open '/dev/kvm': Permission denied", "cat: /dev/kvm: Permission denied",
			"-bash: /dev/kvm: Permission denied", "lorem ipsum", "crw-rw-rw- 1 root root /dev/null", "total 0",
			"No such file or directory" })
	void anythingElseIsAProblemAndUnknown(String text) {
		Reading<DevKvm> reading = parse(text);
		assertThat(reading.fact()).isEqualTo(DevKvm.UNKNOWN);
		assertThat(reading.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.part()).isEqualTo("dev-kvm"));
	}

	private static Reading<DevKvm> parse(String text) {
		return DevKvmParser.parse(Items.of(EvidenceKind.DEV_KVM, text));
	}

}
