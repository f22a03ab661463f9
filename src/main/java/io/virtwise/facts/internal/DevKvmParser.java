package io.virtwise.facts.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.facts.DevKvm;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Known;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code ls -l /dev/kvm}, {@code ls -ln}, {@code stat}, a {@code getfacl} block
 * behind it, a listing of all of {@code /dev}, and the complaint that there is no such
 * file, in any language.
 */
final class DevKvmParser {

	private static final String DEVICE = "/dev/kvm";

	/** Lines about one file are short. */
	private static final int LONGEST = 2000;

	private static final Pattern MODE = Pattern.compile("[-bcdlpsD][-r][-w][-xsS][-r][-w][-xsS][-r][-w][-xtT][.+@]?");

	private static final Pattern STAT = Pattern.compile("\\((\\d{3,5})/([-bcdlps][-rwxsStT]{9})\\)"
			+ "[^(]{0,40}\\(\\s{0,20}(\\d{1,10})/\\s{0,40}([^)\\s]{1,64})\\s{0,20}\\)"
			+ "[^(]{0,40}\\(\\s{0,20}(\\d{1,10})/\\s{0,40}([^)\\s]{1,64})\\s{0,20}\\)");

	/** Of a program that was to look at the device, or of a shell. */
	private static final Pattern COMPLAINT = Pattern.compile("^(?:ls|stat|cat|file|getfacl|-?(?:ba|da|k|z)?sh|sudo): ");

	/** What the C libraries say for ENOENT, lower case, by language. */
	private static final List<String> NO_SUCH_FILE = List.of("no such file", "datei oder verzeichnis nicht gefunden",
			"aucun fichier ou dossier", "no existe el fichero", "no existe el archivo",
			"file o directory non esistente", "arquivo ou diretório inexistente", "ficheiro ou directoria inexistente",
			"ficheiro ou diretoria inexistente", "没有那个文件或目录", "沒有此一檔案或目錄", "そのようなファイルやディレクトリはありません",
			"그런 파일이나 디렉터리가 없습니다", "нет такого файла", "немає такого файла", "nie ma takiego pliku",
			"bestand of map bestaat niet", "filen eller katalogen finns inte", "ingen sådan fil", "ingen slik fil",
			"inga filkatalog", "tiedostoa tai hakemistoa ei ole", "böyle bir dosya ya da dizin yok",
			"adresář nebo soubor neexistuje", "nincs ilyen fájl", "nu există fișier", "no hi ha aquest fitxer",
			"el fitxer o directori no existeix", "δεν υπάρχει τέτοιο αρχείο", "няма такъв файл", "нема такве датотеке",
			"няма такога файла", "adresár alebo súbor neexistuje", "datoteka ali imenik ne obstaja", "ni take datoteke",
			"nema takve datoteke", "toks failas ar", "faili ega kataloogi ei leidu", "không có tập tin",
			"tidak ada berkas atau direktori", "berkas atau direktori tidak", "لا يوجد ملف", "אין קובץ או תיקייה",
			"אין קובץ או ספרייה", "non hai tal ficheiro", "ez dago horrelako fitxategi",
			"dosiero aŭ dosierujo ne ekzistas");

	private final String source;

	private final ReadingNotes notes = new ReadingNotes();

	private final List<TextLine> acl = new ArrayList<>();

	private Known present = Known.UNKNOWN;

	private @Nullable String mode;

	private @Nullable String owner;

	private @Nullable String group;

	private Known mark = Known.UNKNOWN;

	/** The folder that a recursive listing is in, null outside of one. */
	private @Nullable String folder;

	private boolean devListed;

	private boolean complained;

	private DevKvmParser(String source) {
		this.source = source;
	}

	static Reading<DevKvm> parse(Evidence.Item item) {
		DevKvmParser parser = new DevKvmParser(item.source());
		if (item.text().isBlank() || Shell.printedNothing(item.text(), "kvm")) {
			parser.notes.sawWhole("DevKvm.present", item.source());
			return parser.notes.about(new DevKvm(Known.NO, null, null, null, Known.UNKNOWN));
		}
		for (TextLine line : new TextLines(item.text())) {
			if (line.text().length() <= LONGEST && !line.text().isBlank()) {
				parser.read(line);
			}
		}
		return parser.result();
	}

	private void read(TextLine line) {
		String text = line.text().strip();
		String[] words = text.split("\\s+");
		if (MODE.matcher(words[0]).matches() && words.length >= 3) {
			listed(words, line);
			return;
		}
		Matcher stat = STAT.matcher(text);
		if (stat.find()) {
			statted(stat, line);
		}
		else if (text.startsWith("/") && text.endsWith(":")) {
			this.folder = text.substring(0, text.length() - 1);
			this.devListed |= this.folder.equals("/dev");
		}
		else if (isAclEntry(text) && this.acl.size() < 100) {
			this.acl.add(line);
		}
		else if (!Shell.isPrompt(text) && text.contains(DEVICE)) {
			complaint(text, line);
		}
	}

	private void listed(String[] words, TextLine line) {
		int arrow = List.of(words).indexOf("->");
		String name = words[((arrow > 0) ? arrow : words.length) - 1];
		boolean here = name.equals(DEVICE)
				|| (name.equals("kvm") && (this.folder == null || this.folder.equals("/dev")));
		if (!here || this.mode != null) {
			return;
		}
		int at = words[1].chars().allMatch(Character::isDigit) ? 2 : 1;
		if (words.length < at + 3) {
			return;
		}
		this.present = Known.YES;
		this.mode = words[0].substring(0, 10);
		this.mark = Known.of(words[0].endsWith("+"));
		this.owner = words[at];
		this.group = words[at + 1];
		for (String fact : new String[] { "present", "mode", "owner", "group", "acl" }) {
			this.notes.saw("DevKvm." + fact, line.seenIn(this.source));
		}
	}

	private void statted(Matcher stat, TextLine line) {
		if (this.mode != null) {
			return;
		}
		this.present = Known.YES;
		this.mode = stat.group(2);
		this.owner = nameOrNumber(stat.group(4), stat.group(3));
		this.group = nameOrNumber(stat.group(6), stat.group(5));
		for (String fact : new String[] { "present", "mode", "owner", "group" }) {
			this.notes.saw("DevKvm." + fact, line.seenIn(this.source));
		}
	}

	/** stat says UNKNOWN where the machine has no name for a number. */
	private static String nameOrNumber(String name, String number) {
		return name.equals("UNKNOWN") ? number : name;
	}

	private static boolean isAclEntry(String text) {
		return text.startsWith("# file: ") || text.startsWith("# owner: ") || text.startsWith("# group: ")
				|| text.startsWith("user:") || text.startsWith("group:") || text.startsWith("mask:")
				|| text.startsWith("other:");
	}

	private void complaint(String text, TextLine line) {
		String lower = text.toLowerCase(Locale.ROOT);
		if (NO_SUCH_FILE.stream().anyMatch(lower::contains)) {
			if (this.present == Known.UNKNOWN) {
				this.present = Known.NO;
			}
			this.notes.saw("DevKvm.present", line.seenIn(this.source));
		}
		else if (COMPLAINT.matcher(text).find()) {
			this.complained = true;
			this.notes.problem(EvidenceKind.DEV_KVM, line.number(),
					"This complaint was not understood. Run LC_ALL=C ls -l /dev/kvm, as root if need be, and paste that.");
		}
	}

	private Reading<DevKvm> result() {
		if (this.present != Known.YES && this.devListed) {
			this.present = Known.NO;
			this.notes.sawWhole("DevKvm.present", this.source);
		}
		DevKvm.AccessList list = accessList();
		if (!list.equals(DevKvm.AccessList.UNKNOWN)) {
			this.present = Known.YES;
			this.mark = Known.of(list.extended());
		}
		if (this.present == Known.UNKNOWN && !this.complained) {
			this.notes.problem(EvidenceKind.DEV_KVM, null, "Nothing in this text is about /dev/kvm. "
					+ "Paste what ls -l /dev/kvm prints, its complaint included.");
		}
		return this.notes.about(new DevKvm(this.present, this.mode, this.owner, this.group, this.mark, list));
	}

	private DevKvm.AccessList accessList() {
		boolean about = this.acl.stream().noneMatch((line) -> line.text().startsWith("# file: "))
				|| this.acl.stream().anyMatch((line) -> line.text().strip().matches("# file: /?dev/kvm"));
		String group = entry("group::");
		String other = entry("other::");
		if (!about || group == null || other == null) {
			return DevKvm.AccessList.UNKNOWN;
		}
		String mask = entry("mask::");
		boolean masked = mask != null && !mask.startsWith("rw");
		for (TextLine line : this.acl) {
			String text = line.text().strip();
			if (text.startsWith("# owner: ") && this.owner == null) {
				this.owner = text.substring("# owner: ".length());
				this.notes.saw("DevKvm.owner", line.seenIn(this.source));
			}
			else if (text.startsWith("# group: ") && this.group == null) {
				this.group = text.substring("# group: ".length());
				this.notes.saw("DevKvm.group", line.seenIn(this.source));
			}
			this.notes.saw("DevKvm.acl", line.seenIn(this.source));
			if (this.mode == null) {
				this.notes.saw("DevKvm.present", line.seenIn(this.source));
			}
		}
		boolean extended = mask != null
				|| this.acl.stream().anyMatch((line) -> line.text().strip().matches("(?:user|group):[^:]+:.*"));
		return new DevKvm.AccessList(Known.of(group.startsWith("rw") && !masked), Known.of(other.startsWith("rw")),
				extended);
	}

	private @Nullable String entry(String prefix) {
		for (TextLine line : this.acl) {
			String text = line.text().strip();
			if (text.startsWith(prefix)) {
				return text.substring(prefix.length());
			}
		}
		return null;
	}

}
