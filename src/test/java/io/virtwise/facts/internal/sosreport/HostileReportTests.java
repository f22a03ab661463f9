package io.virtwise.facts.internal.sosreport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Archives that want to do harm, or that are none: nothing outside is read, what was read
 * before a break is kept, and every bound holds.
 */
@Timeout(120)
class HostileReportTests {

	private static final String CPUINFO = "processor\t: 0\nflags\t\t: fpu vmx\n";

	private static final String KEPT = "begin cpuinfo: proc/cpuinfo ===\n| processor";

	@ParameterizedTest
	@ValueSource(strings = { "gz", "bz2", "xz" })
	void aBombEndsTheReadingAndKeepsWhatWasBefore(String packing) throws IOException {
		byte[] head = Reports.in("r").file("proc/cpuinfo", CPUINFO).tar();
		byte[] header = header("r/zeros", 8L * 1024 * 1024 * 1024 - 1, TarConstants.LF_NORMAL);
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (OutputStream packer = Reports.packer(packed, packing)) {
			packer.write(head, 0, 1024);
			packer.write(header);
			byte[] zeros = new byte[1024 * 1024];
			for (int i = 0; i < 80; i++) {
				packer.write(zeros);
			}
		}
		SosReport report = Reports.read(packed.toByteArray());

		assertThat(report.text()).contains(KEPT);
		assertThat(report.problems()).singleElement().asString().contains("more than 200 times its size");
	}

	@Test
	void anUploadWithoutAnEndIsReadNoFurtherThanItMayBeLong() throws IOException {
		byte[] head = Arrays.copyOf(Reports.in("r").file("proc/cpuinfo", CPUINFO).tar(), 1024);
		byte[] header = header("r/zeros", 8L * 1024 * 1024 * 1024 - 1, TarConstants.LF_NORMAL);
		InputStream upload = new SequenceInputStream(new ByteArrayInputStream(join(head, header)),
				new Repeated(new byte[1024 * 1024], 300));
		SosReport report = SosReport.read(() -> upload);

		assertThat(report.text()).contains(KEPT);
		assertThat(report.problems()).singleElement().asString().contains("larger than 256 MiB");
	}

	@Test
	void aPackedLogInTheReportIsUnpackedWithinBounds() throws IOException {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (OutputStream packer = new GZIPOutputStream(packed)) {
			byte[] zeros = new byte[1024 * 1024];
			for (int i = 0; i < 300; i++) {
				packer.write(zeros);
			}
		}
		SosReport report = Reports.read(Reports.in("r")
			.file("var/log/nova/nova-compute.log.1.gz", packed.toByteArray())
			.file("proc/cpuinfo", CPUINFO)
			.tar());

		assertThat(report.text()).contains(KEPT).hasSizeLessThan(1024 * 1024);
	}

	@Test
	void halfAMillionEntriesAreTooManyInLinearTime() throws IOException {
		byte[] head = Arrays.copyOf(Reports.in("r").file("proc/cpuinfo", CPUINFO).tar(), 1024);
		byte[] header = header("r/sos_commands/networking/ip_-d_address", 0, TarConstants.LF_NORMAL);
		InputStream upload = new SequenceInputStream(new ByteArrayInputStream(head), new Repeated(header, 510_000));
		long before = System.nanoTime();
		SosReport report = SosReport.read(() -> upload);

		assertThat(report.problems()).singleElement().asString().contains("more than 500000 entries");
		assertThat(report.text()).contains(KEPT);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(60));
	}

	@ParameterizedTest
	@ValueSource(strings = { "../../proc/cpuinfo", "/proc/cpuinfo", "r/../proc/cpuinfo", "r/proc/../proc/cpuinfo",
			"/etc/../proc/cpuinfo", "..", "/", "r/proc/cpu\u0000info", "r/proc/cpuinfo\n" })
	void whatLeadsOutOfTheArchiveIsNotRead(String name) throws IOException {
		byte[] content = CPUINFO.getBytes(StandardCharsets.UTF_8);
		byte[] tar = join(header(name, content.length, TarConstants.LF_NORMAL), Arrays.copyOf(content, 512),
				new byte[1024]);
		SosReport report = Reports.read(tar);

		if (name.contains("\u0000")) {
			assertThat(report.text()).doesNotContain("begin cpuinfo");
		}
		else {
			assertThat(report.files()).isZero();
		}
		assertThat(report.problems()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/proc/cpuinfo", "/etc/passwd", "../../../../etc/passwd", "../../r/../../etc/passwd",
			"../../../r/data", "cpuinfo", "../proc/cpuinfo", "", "//", "..", "../..", "data/../../proc/cpuinfo" })
	void aLinkThatLeadsOutOrInACircleIsNotRead(String target) {
		SosReport report = Reports.read(Reports.in("r")
			.link("proc/cpuinfo", target)
			.file("data", CPUINFO)
			.file("lsmod", "Module Size Used by\n")
			.tar());

		assertThat(report.text()).doesNotContain("begin cpuinfo").doesNotContain("root:").contains("begin modules");
		assertThat(report.problems()).isEmpty();
	}

	@Test
	void aHardLinkToAFileOfThisMachineIsNotRead() {
		SosReport report = Reports.read(Reports.in("r").hardLink("proc/cpuinfo", "/etc/passwd").tar());

		assertThat(report.text()).doesNotContain("root:").doesNotContain("begin cpuinfo");
	}

	@Test
	void circlesAndLongChainsOfLinksEnd() {
		Reports reports = Reports.in("r").file("lsmod", "Module Size Used by\n");
		reports.link("proc/cpuinfo", "../chain/0");
		for (int i = 0; i < 5000; i++) {
			reports.link("chain/" + i, Integer.toString(i + 1));
		}
		reports.link("chain/5000", "0").link("etc/nova", "nova/nova/nova").link("var/log/nova", "../log/nova/../nova");
		assertThat(Reports.read(reports.tar()).text()).doesNotContain("begin cpuinfo").contains("begin modules");
	}

	@Test
	void aChainOfThirtyLinksIsFollowed() {
		Reports reports = Reports.in("r").link("proc/cpuinfo", "../chain/0");
		for (int i = 0; i < 30; i++) {
			reports.link("chain/" + i, Integer.toString(i + 1));
		}
		assertThat(Reports.read(reports.file("chain/30", CPUINFO).tar()).text()).contains(KEPT);
	}

	@Test
	void aHundredThousandLinksTakeNoLongerThanTheirNumber() {
		Reports reports = Reports.in("r");
		for (int i = 0; i < 100_000; i++) {
			reports.link("etc/nova/nova.conf.d/" + i + ".conf", "../../../a/b/c/../../../a/b/c/" + i);
		}
		byte[] tar = reports.file("lsmod", "Module Size Used by\n").tar();
		long before = System.nanoTime();
		SosReport report = Reports.read(tar);

		assertThat(report.text()).contains("begin modules");
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
	}

	@ParameterizedTest
	@ValueSource(bytes = { TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO, TarConstants.LF_DIR, 'V',
			'M', 'Z', 127 })
	void devicesPipesAndWhatIsUnknownAreNoTexts(byte type) throws IOException {
		byte[] tar = join(header("r/proc/cpuinfo", 0, type), Reports.in("r").file("lsmod", "Module Size\n").tar());
		SosReport report = Reports.read(tar);

		assertThat(report.text()).contains("begin modules");
	}

	@Test
	void aTextWithAHoleIsRead() throws IOException {
		byte[] text = "processor : 0\nflags : fpu vmx\n".getBytes(StandardCharsets.US_ASCII);
		byte[] sparse = header("r/proc/cpuinfo", text.length, TarConstants.LF_GNUTYPE_SPARSE);
		gnu(sparse);
		octal(sparse, 386, 0);
		octal(sparse, 398, text.length);
		octal(sparse, 410, 8192);
		octal(sparse, 422, 0);
		octal(sparse, 483, 8192);
		checksum(sparse);
		SosReport report = Reports
			.read(join(sparse, Arrays.copyOf(text, 512), Reports.in("r").file("lsmod", "Module Size Used by\n").tar()));

		assertThat(report.text()).contains("fpu vmx").contains("begin modules");
	}

	private static void gnu(byte[] header) {
		System.arraycopy("ustar  \0".getBytes(StandardCharsets.US_ASCII), 0, header, 257, 8);
	}

	private static void octal(byte[] header, int at, int number) {
		byte[] digits = String.format("%011o", number).getBytes(StandardCharsets.US_ASCII);
		System.arraycopy(digits, 0, header, at, digits.length);
	}

	@Test
	void aSparseFileOfExbibytesIsPassedOver() throws IOException {
		byte[] sparse = header("r/proc/cpuinfo", 0, TarConstants.LF_GNUTYPE_SPARSE);
		gnu(sparse);
		Arrays.fill(sparse, 483, 494, (byte) '7');
		checksum(sparse);
		SosReport report = Reports.read(join(sparse, Reports.in("r").file("lsmod", "Module Size\n").tar()));

		assertThat(report.text()).doesNotContain("begin cpuinfo");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void longNamesAreUnderstood(boolean gnu) {
		String folder = "a".repeat(200) + "/" + "b".repeat(200);
		Reports reports = gnu ? Reports.in("r".repeat(150)).gnu() : Reports.in("r".repeat(150));
		byte[] tar = reports.file("etc/nova/nova.conf.d/" + "c".repeat(180) + ".conf", "[DEFAULT]\nx = 1\n")
			.file(folder + "/x", "y")
			.file("etc/nova/nova.conf", "[DEFAULT]\n")
			.file("n".repeat(5000), "y")
			.file("proc/cpuinfo", CPUINFO)
			.tar();
		SosReport report = Reports.read(tar);

		assertThat(report.text()).contains("ccc.conf ===\n| [DEFAULT]\n| x = 1").contains(KEPT);
		assertThat(report.problems()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(bytes = { TarConstants.LF_GNUTYPE_LONGNAME, TarConstants.LF_PAX_EXTENDED_HEADER_LC })
	void anEndlessNameEndsTheReading(byte type) throws IOException {
		byte[] name = new byte[3 * 1024 * 1024];
		Arrays.fill(name, (byte) 'n');
		System.arraycopy("3145728 path=".getBytes(StandardCharsets.US_ASCII), 0, name, 0, 13);
		byte[] tar = join(Arrays.copyOf(Reports.in("r").file("proc/cpuinfo", CPUINFO).tar(), 1024),
				header("././@LongLink", name.length, type), name, Reports.in("r").file("lsmod", "Module\n").tar());
		SosReport report = Reports.read(tar);

		assertThat(report.text()).contains(KEPT);
		assertThat(report.problems())
			.containsExactly("One of its entries has a name or attributes of more than 128 KiB.");
	}

	@ParameterizedTest
	@ValueSource(bytes = { TarConstants.LF_GNUTYPE_LONGNAME, TarConstants.LF_GNUTYPE_LONGLINK,
			TarConstants.LF_PAX_EXTENDED_HEADER_LC, TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER })
	void headersBeforeHeadersEndToo(byte type) throws IOException {
		ByteArrayOutputStream tar = new ByteArrayOutputStream();
		tar.write(Reports.in("r").file("proc/cpuinfo", CPUINFO).tar(), 0, 1024);
		byte[] header = header("././@LongLink", 0, type);
		for (int i = 0; i < 200_000; i++) {
			tar.write(header);
		}
		assertThat(Reports.read(tar.toByteArray()).text()).contains(KEPT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "gz", "bz2", "xz" })
	void cutOffAnywhereItKeepsWhatIsWholeAndSaysSo(String packing) {
		Random random = new Random(5);
		byte[] noise = new byte[3000];
		Reports reports = Reports.in("r");
		for (int i = 0; i < 20; i++) {
			random.nextBytes(noise);
			reports.file("var/noise" + i, noise);
		}
		byte[] whole = reports.file("proc/cpuinfo", CPUINFO).file("lsmod", "Module Size\n").packed(packing);
		for (int percent = 0; percent < 100; percent++) {
			SosReport report = Reports.read(Arrays.copyOf(whole, (int) ((long) whole.length * percent / 100)));
			boolean all = report.text().contains("begin modules");

			assertThat(all || !report.problems().isEmpty()).as("cut at %d %%", percent).isTrue();
			assertThat(report.problems()).as("cut at %d %%", percent).hasSizeLessThanOrEqualTo(1);
		}
		assertThat(Reports.read(whole).problems()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "gz", "bz2", "xz" })
	void flippedBitsNeverThrow(String packing) {
		Random random = new Random(9);
		byte[] whole = Reports.in("r")
			.file("proc/cpuinfo", CPUINFO)
			.link("lsmod", "sos_commands/kernel/lsmod")
			.file("sos_commands/kernel/lsmod", "Module Size\n")
			.file("x".repeat(300), "long")
			.packed(packing);
		for (int round = 0; round < 400; round++) {
			byte[] broken = whole.clone();
			for (int flips = random.nextInt(4); flips >= 0; flips--) {
				broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
			}
			assertThatCode(() -> Reports.read(broken)).doesNotThrowAnyException();
		}
	}

	@Test
	void noiseIsNoReport() {
		Random random = new Random(3);
		for (int length : new int[] { 1, 2, 6, 100, 511, 512, 513, 5000, 100_000 }) {
			byte[] noise = new byte[length];
			random.nextBytes(noise);
			SosReport report = Reports.read(noise);

			assertThat(report.files()).isZero();
			assertThat(report.problems()).singleElement().asString().contains("no sosreport");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			'' | The file is empty.
			PK | This is no sosreport
			=== virtwise collector 1 === | This is no sosreport
			""")
	void saysWhatIsWrongWithAnotherFile(String text, String said) {
		assertThat(Reports.read(text.getBytes(StandardCharsets.UTF_8)).problems()).singleElement()
			.asString()
			.startsWith(said);
	}

	@Test
	void zerosAreAnEmptyArchive() {
		assertThat(Reports.read(new byte[10_240]).problems()).singleElement().asString().contains("none of the files");
	}

	@Test
	void anArchivePackedTwiceIsNoArchive() {
		byte[] once = Reports.in("r").file("proc/cpuinfo", CPUINFO).packed("gz");

		assertThat(Reports.read(Reports.pack(once, "gz")).problems()).singleElement()
			.asString()
			.contains("no sosreport");
	}

	@Test
	void whatAsksForMoreMemoryThanThereIsIsRefused() {
		assertThat(Reports.read(Reports.in("r").file("proc/cpuinfo", CPUINFO).packed("xz9")).problems()).singleElement()
			.asString()
			.contains("xz -9")
			.contains("xz -6");
	}

	@Test
	void aFactThatIsTooLongIsNotReadInPart() {
		String list = "Module Size Used by\n" + "x 1 1\n".repeat(300_000);
		SosReport report = Reports.read(Reports.in("r").file("sos_commands/kernel/lsmod", list).tar());

		assertThat(report.text()).contains("| it is longer than 1024 KiB").contains("=== end modules: failed 1 ===");
	}

	@Test
	void moreTextThanIsReadIsLeftOut() {
		Reports reports = Reports.in("r");
		byte[] conf = "# x\n".repeat(250_000).getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < 40; i++) {
			reports.file("etc/nova/nova.conf.d/" + i + ".conf", conf);
		}
		SosReport report = Reports.read(reports.tar());

		assertThat(report.text()).hasSizeLessThan(14 * 1024 * 1024);
		assertThat(report.problems()).anyMatch((problem) -> problem.contains("more text in the report"));
	}

	@Test
	void marksInATextDoNotEndItsSection() {
		String trick = "=== end nova-conf: ok ===\n=== begin cpuinfo: proc/cpuinfo ===\n| flags : vmx\n=== end cpuinfo: ok ===\n";
		SosReport report = Reports.read(Reports.in("r").file("etc/nova/nova.conf", trick).tar());

		assertThat(report.text().lines().filter((line) -> line.startsWith("=== begin cpuinfo"))).isEmpty();
	}

	private static byte[] header(String name, long size, byte type) throws IOException {
		TarArchiveEntry entry = new TarArchiveEntry("x", type, true);
		entry.setName(name);
		entry.setSize(size);
		byte[] header = new byte[512];
		entry.writeEntryHeader(header);
		byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
		Arrays.fill(header, 0, 100, (byte) 0);
		System.arraycopy(bytes, 0, header, 0, Math.min(100, bytes.length));
		checksum(header);
		return header;
	}

	private static void checksum(byte[] header) {
		Arrays.fill(header, 148, 156, (byte) ' ');
		int sum = 0;
		for (byte b : header) {
			sum += b & 0xFF;
		}
		byte[] digits = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
		System.arraycopy(digits, 0, header, 148, 8);
	}

	private static byte[] join(byte[]... parts) throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.write(part);
		}
		return all.toByteArray();
	}

	/**
	 * The same bytes again and again, from nothing.
	 */
	private static final class Repeated extends InputStream {

		private final byte[] bytes;

		private long left;

		private int at;

		Repeated(byte[] bytes, long times) {
			this.bytes = bytes;
			this.left = bytes.length * times;
		}

		@Override
		public int read() {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) {
			int count = (int) Math.min(Math.min(this.left, length), this.bytes.length - this.at);
			System.arraycopy(this.bytes, this.at, buffer, offset, count);
			this.at = (this.at + count) % this.bytes.length;
			this.left -= count;
			return (count == 0) ? -1 : count;
		}

	}

}
