package io.virtwise.testing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
import io.virtwise.Virtwise;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Intent;
import io.virtwise.facts.NodeFactsReader;
import io.virtwise.facts.NodeFactsReader.NodeReading;
import io.virtwise.facts.NodeFactsReader.Reachability;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.mockito.Mockito;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.filter.OncePerRequestFilter;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

/**
 * Asks every page of a portal with a large fleet at a steady pace and prints what the
 * server took for it, beside the budget of design.md, section 10.
 */
public final class PagesBench {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private static final double BUDGET = 50;

	private static final String PASSWORD = "steady-hypervisor";

	/** Fewer where others need the machine too; then only the time of the processor counts. */
	private static final int PACE = Integer.getInteger("pages.pace", 50);

	private static final int SPREAD = 300;

	private static final int WARM = Integer.getInteger("pages.warm", 100);

	private final int nodes;

	private final int seconds;

	private final String only;

	private final Map<String, ConcurrentLinkedQueue<long[]>> served = new ConcurrentHashMap<>();

	private String base = "";

	private HttpClient browser = HttpClient.newHttpClient();

	private PagesBench(int nodes, int seconds, String only) {
		this.nodes = nodes;
		this.seconds = seconds;
		this.only = only;
	}

	/**
	 * @param arguments the database, {@code h2} or {@code postgresql}; {@code --short} for
	 * a tenth of the time; a piece of the address of the pages wanted
	 */
	public static void main(String[] arguments) throws Exception {
		List<String> given = new ArrayList<>(List.of(arguments));
		boolean brief = given.remove("--short");
		boolean h2 = !given.remove("postgresql");
		given.remove("h2");
		new PagesBench(10_000, brief ? 6 : 60, given.isEmpty() ? "" : given.get(0)).run(h2);
		System.exit(0);
	}

	private void run(boolean h2) throws Exception {
		Path home = Files.createTempDirectory("virtwise-pages");
		List<String> settings = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--virtwise.home=" + home, "--virtwise.admin-password=" + PASSWORD, "--virtwise.drift.enabled=false",
				"--virtwise.jobs.threads=1", "--virtwise.jobs.poll=1h", "--logging.level.root=error",
				"--logging.level.io.virtwise=error"));
		if (!h2) {
			Database database = PrivatePostgreSql.get().fresh();
			settings.addAll(List.of("--spring.datasource.url=" + database.url(),
					"--spring.datasource.username=" + database.user(), "--spring.datasource.password="));
		}
		try (ConfigurableApplicationContext portal = new SpringApplicationBuilder(Virtwise.class)
			.initializers((context) -> replaced((GenericApplicationContext) context))
			.run(settings.toArray(String[]::new))) {
			this.base = "http://127.0.0.1:" + portal.getEnvironment().getProperty("local.server.port");
			Map<String, String> pages = filled(portal.getBean(JdbcTemplate.class));
			signIn();
			measure(pages, h2);
		}
	}

	/** Nodes that all answer the same, and a watch on every request. */
	private void replaced(GenericApplicationContext context) {
		NodeFactsReader reader = Mockito.mock(NodeFactsReader.class, Mockito.withSettings().stubOnly());
		given(reader.reachability()).willReturn(new Reachability(true, "9.0.0", null));
		given(reader.check(any(), any())).willReturn(List.of());
		Evidence seen = new Evidence(List.of(
				new Evidence.Item(EvidenceKind.CPUINFO, "/proc/cpuinfo",
						"vendor_id\t: GenuineIntel\nmodel name\t: Xeon\nflags\t\t: fpu vmx\n"),
				new Evidence.Item(EvidenceKind.MODULES, "lsmod", "kvm_intel 1 0\nkvm 1 1 kvm_intel\nvhost_net 1 0\n")),
				"26", Intent.UNKNOWN);
		given(reader.read(any(), any())).willReturn(new NodeReading(seen, "9.0.0", "7.2.0", "cmp", 1024, 4,
				List.of("instance-00000001"), PagesFleet.conf(), List.of()));
		context.registerBean("benchReader", NodeFactsReader.class, () -> reader,
				(definition) -> definition.setPrimary(true));
		context.registerBean("benchWatch", Watch.class, () -> new Watch());
	}

	private Map<String, String> filled(JdbcTemplate jdbc) throws Exception {
		long began = System.nanoTime();
		post("admin", "/api/v1/users", "{\"username\": \"bench\", \"password\": \"" + PASSWORD
				+ "-1\", \"roles\": [\"requester\", \"operator\", \"approver\", \"rule-author\", \"auditor\", \"admin\"]}");
		PagesFleet fleet = new PagesFleet(jdbc);
		List<String> templates = new ArrayList<>();
		for (String release : List.of("mitaka", "train", "26", "2024.1")) {
			String id = id(post("bench", "/api/v1/nodes",
					"{\"name\": \"template-%s\", \"host\": \"template.example\", \"release\": \"%s\"}".formatted(release,
							release)));
			post("bench", "/api/v1/nodes/" + id + "/probe", "{}");
			templates.add(id);
		}
		fleet.copy(templates, this.nodes);
		List<String> changes = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			changes.add(id(post("bench", "/api/v1/changes",
					"{\"nodes\": [\"%s\"], \"reason\": \"real hardware\", \"settings\": [{\"section\": \"libvirt\", \"option\": \"virt_type\", \"value\": \"kvm\"}]}"
						.formatted(templates.get(i % 4)))));
		}
		String template = changes.get(0);
		changes.set(0, fleet.spread(template, SPREAD, 0, "restart-pending", "restart-pending"));
		changes.set(1, fleet.spread(template, SPREAD, SPREAD, "paused", "restart-pending"));
		changes.set(2, fleet.spread(template, 500, 2 * SPREAD, "in-force", "in-force"));
		if (jdbc.getDataSource() != null) {
			jdbc.execute("analyze");
		}
		System.out.printf(Locale.ROOT, "%d nodes, %d changes, filled in %.0f s%n", this.nodes, changes.size(),
				(System.nanoTime() - began) / 1e9);
		return pages(changes);
	}

	private static Map<String, String> pages(List<String> changes) {
		Map<String, String> pages = new LinkedHashMap<>();
		for (String path : List.of("/", "/nodes", "/nodes?page=150", "/nodes?sort=verdict,desc", "/nodes?q=compute-09",
				"/nodes?group=rack-7", "/nodes/bench-node-5000", "/nodes/bench-node-5000/history",
				"/nodes/bench-node-5000/edit", "/nodes/new", "/assess", "/changes", "/changes?status=draft", "/approvals",
				"/drift", "/waivers", "/audit", "/audit?page=2", "/rules", "/rules/language", "/knowledge", "/users",
				"/tokens", "/webhooks", "/credentials", "/approval-policy", "/migration?group=rack-7", "/api/docs")) {
			pages.put(path, path);
		}
		pages.put("/changes/{draft of 1 node}", "/changes/" + changes.get(39));
		pages.put("/changes/{300 nodes, restart pending}", "/changes/" + changes.get(0));
		pages.put("/changes/{300 nodes, paused}", "/changes/" + changes.get(1));
		pages.put("/changes/{500 nodes, in force}", "/changes/" + changes.get(2));
		pages.put("/changes/{300 nodes}/progress", "/changes/" + changes.get(0) + "/progress");
		return pages;
	}

	private void measure(Map<String, String> pages, boolean h2) throws Exception {
		System.out.printf(Locale.ROOT, "%s, %d requests/s for %d s each, budget: server time p99 %.0f ms%n%n",
				h2 ? "H2" : "PostgreSQL", PACE, this.seconds, BUDGET);
		System.out.printf("%-42s %8s %8s %8s %8s %8s %7s%n", "page", "p50 ms", "p99 ms", "max ms", "CPU ms", "KiB", "of 50");
		for (Map.Entry<String, String> page : pages.entrySet()) {
			if (!page.getKey().contains(this.only)) {
				continue;
			}
			HttpResponse<String> once = get(page.getValue());
			if (once.statusCode() != 200) {
				System.out.printf("%-42s answers %d%n", page.getKey(), once.statusCode());
				continue;
			}
			for (int i = 0; i < WARM; i++) {
				get(page.getValue());
			}
			List<long[]> asked = asked(page.getValue());
			double[] times = asked.stream().mapToDouble((one) -> one[0] / 1e6).sorted().toArray();
			double cpu = asked.stream().mapToDouble((one) -> one[1] / 1e6).average().orElse(0);
			double p99 = at(times, 0.99);
			System.out.printf(Locale.ROOT, "%-42s %8.1f %8.1f %8.1f %8.1f %8d %6.2f%s%n", page.getKey(), at(times, 0.5),
					p99, times[times.length - 1], cpu, once.body().length() / 1024, p99 / BUDGET,
					(p99 > BUDGET) ? " over" : "");
		}
	}

	/** What the server took for each request, at a pace that does not wait. */
	private List<long[]> asked(String path) throws InterruptedException {
		String key = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
		ConcurrentLinkedQueue<long[]> times = new ConcurrentLinkedQueue<>();
		this.served.put(key, times);
		int wanted = PACE * this.seconds;
		AtomicInteger open = new AtomicInteger(wanted);
		ScheduledExecutorService pace = Executors.newScheduledThreadPool(1);
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.base + path)).timeout(Duration.ofSeconds(30)).build();
		AtomicInteger sent = new AtomicInteger();
		pace.scheduleAtFixedRate(() -> {
			if (sent.getAndIncrement() < wanted) {
				this.browser.sendAsync(request, HttpResponse.BodyHandlers.discarding())
					.whenComplete((answer, failure) -> open.decrementAndGet());
			}
		}, 0, 1_000_000 / PACE, TimeUnit.MICROSECONDS);
		while (open.get() > 0) {
			Thread.sleep(50);
		}
		pace.shutdownNow();
		this.served.remove(key);
		if (times.isEmpty()) {
			throw new IllegalStateException(path + " was asked for, but not served");
		}
		return List.copyOf(times);
	}

	private static double at(double[] sorted, double part) {
		return sorted[Math.min(sorted.length - 1, (int) (sorted.length * part))];
	}

	private void signIn() throws IOException, InterruptedException {
		this.browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
		Matcher token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(get("/signin").body());
		if (!token.find()) {
			throw new IllegalStateException("the page for signing in has no token");
		}
		String form = "username=bench&password=" + PASSWORD + "-1&_csrf="
				+ URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
		this.browser.send(
				HttpRequest.newBuilder(URI.create(this.base + "/signin"))
					.header("Content-Type", "application/x-www-form-urlencoded")
					.POST(HttpRequest.BodyPublishers.ofString(form))
					.build(),
				HttpResponse.BodyHandlers.discarding());
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.browser.send(HttpRequest.newBuilder(URI.create(this.base + path)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private String post(String username, String path, String body) throws IOException, InterruptedException {
		String password = PASSWORD + (username.equals("admin") ? "" : "-1");
		HttpResponse<String> answer = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(this.base + path))
				.header("Authorization",
						"Basic " + Base64.getEncoder()
							.encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8)))
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(body))
				.build(), HttpResponse.BodyHandlers.ofString());
		if (answer.statusCode() >= 300) {
			throw new IllegalStateException(path + " answers " + answer.statusCode() + ": " + answer.body());
		}
		return answer.body();
	}

	private static String id(String body) {
		return JsonPath.read(body, "$.id");
	}

	/**
	 * Notes how long the server was at a request, from the first filter to the last byte
	 * handed to the network.
	 */
	private final class Watch extends OncePerRequestFilter implements org.springframework.core.Ordered {

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			long began = System.nanoTime();
			long worked = THREADS.getCurrentThreadCpuTime();
			chain.doFilter(request, response);
			ConcurrentLinkedQueue<long[]> times = PagesBench.this.served.get(request.getRequestURI());
			if (times != null) {
				times.add(new long[] { System.nanoTime() - began, THREADS.getCurrentThreadCpuTime() - worked });
			}
		}

	}

}
