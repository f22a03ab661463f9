package io.virtwise.recommendation.workorder;

import java.nio.file.Path;
import java.util.List;

import io.virtwise.nova.Setting;
import io.virtwise.recommendation.workorder.MadeUpNode.Run;
import io.virtwise.rules.Assessment.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Work orders, done for real on a made-up node.
 */
class WorkOrderRunIT {

	private static final String NOVA_CONF = """
			[DEFAULT]
			# kept as it is
			transport_url : rabbit://nova:secret@mq/
			[libvirt]
			virt_type = qemu
			virt_type=qemu
			  more
			cpu_model = Nehalem
			[LibVirt]
			cpu_mode: none
			""";

	private static final List<Setting> SETTINGS = List.of(new Setting("libvirt", "virt_type", "kvm"),
			new Setting("libvirt", "cpu_mode", "host-model"), new Setting("libvirt", "cpu_model", null));

	private static final Finding MODULES = Orders.finding("S19", "# modprobe -a kvm-intel",
			"# echo kvm-intel > /etc/modules-load.d/kvm.conf -- loads it at every boot",
			"# echo 'options kvm_intel nested=1' > /etc/modprobe.d/kvm.conf", "$ lsmod | grep kvm", "! re-login");

	private static final Finding ACCESS = Orders.finding("S41", "# udevadm trigger", "# setfacl -b /dev/kvm",
			"# usermod -aG kvm qemu", "# systemctl restart libvirtd", "! restart-libvirt");

	@TempDir
	private Path folder;

	private final WorkOrder order = Orders.order(Orders.IN_PLACE, SETTINGS, ACCESS, MODULES);

	private MadeUpNode node(String shell) throws Exception {
		return new MadeUpNode(this.folder, shell).with("etc/nova/nova.conf", NOVA_CONF);
	}

	@ParameterizedTest
	@ValueSource(strings = { "dash", "busybox" })
	void doesEverythingOnceAndNothingTwice(String shell) throws Exception {
		MadeUpNode node = node(shell);

		Run first = node.does(this.order);

		assertThat(first.status()).as(first.text()).isZero();
		assertThat(first.text()).contains("Done: 8 now, 1 before, 0 left out.", "Left for a person:",
				"step 10: Log in anew");
		assertThat(node.asked()).containsExactly("modprobe -a kvm_intel", "usermod -a -G kvm qemu", "udevadm trigger",
				"udevadm settle", "systemctl restart libvirtd", "systemctl restart nova-compute");
		assertThat(node.text("etc/modules-load.d/kvm.conf")).isEqualTo("kvm_intel\n");
		assertThat(node.text("etc/modprobe.d/kvm.conf")).isEqualTo("options kvm_intel nested=1\n");
		assertThat(node.text("etc/nova/nova.conf")).isEqualTo("""
				[DEFAULT]
				# kept as it is
				transport_url : rabbit://nova:secret@mq/
				[libvirt]
				virt_type = qemu
				virt_type=kvm
				[LibVirt]
				cpu_mode: host-model
				""");
		assertThat(node.text("etc/nova/nova.conf.before-virtwise")).isEqualTo(NOVA_CONF);

		String before = node.state();
		Run second = node.does(this.order);

		assertThat(second.status()).isZero();
		assertThat(second.text()).contains("Done: 0 now, 9 before, 0 left out.");
		assertThat(node.state()).isEqualTo(before);
	}

	@Test
	void looksOnlyAndWritesNothing() throws Exception {
		MadeUpNode node = node("dash");
		String before = node.state();

		Run look = node.does(this.order, "--check");

		assertThat(look.status()).isEqualTo(3);
		assertThat(look.text()).contains("8 to do", "Nothing was written.");
		assertThat(node.state()).isEqualTo(before);
		node.does(this.order);
		assertThat(node.does(this.order, "--check").status()).isZero();
	}

	@Test
	void stopsAtTheFirstStepThatFails() throws Exception {
		MadeUpNode node = node("dash").with("calls/fail-modprobe", "");

		Run run = node.does(this.order);

		assertThat(run.status()).isEqualTo(1);
		assertThat(run.text()).contains("Operation not supported", "Step 1 failed: the command ended with status 1.",
				"Nothing after it was done.");
		assertThat(node.asked()).containsExactly("modprobe -a kvm_intel");
		assertThat(node.text("etc/nova/nova.conf")).isEqualTo(NOVA_CONF);
	}

	@Test
	void noticesThatAStepDidNotWork() throws Exception {
		MadeUpNode node = node("dash").with("calls/no-udev-rule", "");

		Run run = node.does(this.order);

		assertThat(run.status()).isEqualTo(1);
		assertThat(run.text()).contains("/dev/kvm is not open to the group kvm, so udev has no rule for it.");
		assertThat(node.asked()).doesNotContain("systemctl restart libvirtd");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void isTakenUpAgainAfterAPowerCutWhileWriting(int atWrite) throws Exception {
		MadeUpNode node = node("dash").with("calls/kill-at-sync", atWrite + "\n");

		assertThat(node.does(this.order).status()).isEqualTo(137);
		Run again = node.does(this.order);

		assertThat(again.status()).as(again.text()).isZero();
		assertThat(node.text("etc/modules-load.d/kvm.conf")).isEqualTo("kvm_intel\n");
		assertThat(node.text("etc/nova/nova.conf")).contains("virt_type=kvm\n").doesNotContain("Nehalem");
		assertThat(node.text("etc/nova/nova.conf.before-virtwise")).isEqualTo(NOVA_CONF);
		assertThat(node.asked()).containsOnlyOnce("modprobe -a kvm_intel", "systemctl restart libvirtd",
				"systemctl restart nova-compute");
		assertThat(node.has("etc/nova/nova.conf.virtwise-new")).isFalse();
	}

	@Test
	void restartsAgainWhatAPowerCutMayHaveKeptFromStarting() throws Exception {
		MadeUpNode node = node("busybox").with("calls/kill-at-restart", "");

		assertThat(node.does(this.order).status()).isEqualTo(137);
		assertThat(node.does(this.order).status()).isZero();

		assertThat(node.asked()).filteredOn("systemctl restart libvirtd"::equals).hasSize(2);
	}

	@Test
	void saysWhenAServiceDoesNotComeBack() throws Exception {
		MadeUpNode node = node("dash").with("calls/dead-nova-compute", "");

		Run run = node.does(this.order);

		assertThat(run.status()).isEqualTo(1);
		assertThat(run.text()).contains("nova-compute was restarted and is not running");
		node.without("calls/dead-nova-compute");
		assertThat(node.does(this.order).text()).contains("Done: 1 now");
	}

	@Test
	void stopsForFirmwareUntilItIsSwitchedOn() throws Exception {
		WorkOrder firmware = Orders.order(Orders.IN_PLACE, SETTINGS, MODULES, Orders.finding("V120", "- Switch it on.",
				"# systemctl reboot -- and enter the setup", "! firmware", "! reboot"));
		MadeUpNode node = node("dash").with("calls/cpuinfo", "flags\t\t: fpu vmx\n")
			.with("calls/dmesg", "[    2.1] kvm: disabled by bios\n");

		Run run = node.does(firmware);

		assertThat(run.status()).isEqualTo(3);
		assertThat(run.text()).contains("MANUAL  What V120 found", "Switch it on.",
				"systemctl reboot  (and enter the setup)", "Stopped at step 1", "--from 2");
		assertThat(node.asked()).isEmpty();
		node.without("calls/dmesg");
		assertThat(node.does(firmware).status()).isZero();
	}

	@Test
	void leavesOutWhatIsForAnotherProcessor() throws Exception {
		WorkOrder either = Orders.order(Orders.IN_PLACE, List.of(),
				Orders.finding("V220", "# modprobe -a kvm-intel -- on Intel", "# modprobe -a kvm-amd -- on AMD"));
		MadeUpNode node = node("dash").with("calls/cpuinfo", "vendor_id\t: AuthenticAMD\nflags\t\t: svm\n");

		assertThat(node.does(either).text()).contains("left out: this processor is of another maker", "Done: 1 now");
		assertThat(node.asked()).containsExactly("modprobe -a kvm_amd");
	}

	@Test
	void loadsAModuleAnewOnlyWhereItLacksItsOptionAndIsFree() throws Exception {
		WorkOrder nesting = Orders.order(Orders.IN_PLACE, List.of(),
				Orders.finding("P46", "# echo 'options kvm_intel nested=1' > /etc/modprobe.d/kvm.conf",
						"# modprobe -r kvm_intel -- fails while guests run", "# modprobe kvm_intel"));
		MadeUpNode node = node("dash").with("sys/module/kvm_intel/parameters/nested", "N\n")
			.with("sys/module/kvm_intel/refcnt", "2\n");

		Run busy = node.does(nesting);

		assertThat(busy.status()).as(busy.text()).isZero();
		assertThat(busy.text()).contains("left out: it is in use", "Stop all guests and run this again, or reboot.");
		assertThat(node.asked()).isEmpty();
		node.with("sys/module/kvm_intel/refcnt", "0\n").with("sys/module/kvm_intel/parameters/nested", "Y\n");
		assertThat(node.does(nesting).text()).contains("Done: 0 now, 2 before");
	}

	@Test
	void beginsWhereItIsTold() throws Exception {
		MadeUpNode node = node("dash");

		Run run = node.does(this.order, "--from", "8");

		assertThat(run.text()).contains("left out, because of --from 8");
		assertThat(node.asked()).containsExactly("systemctl restart libvirtd");
		for (String wrong : List.of("0", "99", "x", "")) {
			assertThat(node.does(this.order, "--from", wrong).status()).as(wrong).isEqualTo(2);
		}
		assertThat(node.does(this.order, "--fix").status()).isEqualTo(2);
	}

	@Test
	void namesTheLinesThatADropInCannotTakeOut() throws Exception {
		WorkOrder dropIn = Orders.order(Orders.DROP_IN, SETTINGS);
		MadeUpNode node = node("dash").with("etc/nova/nova.conf.d/10-site.conf", "[libvirt]\ncpu_model=\n  x\n");

		Run run = node.does(dropIn);

		assertThat(run.status()).isEqualTo(3);
		assertThat(run.text()).contains("/etc/nova/nova.conf, line 8",
				"/etc/nova/nova.conf.d/10-site.conf, line 2 to 3", "Stopped at step 1");
		assertThat(node.has("etc/nova/nova.conf.d/90-virtwise.conf")).isFalse();
	}

	@Test
	void putsADropInThatCounts() throws Exception {
		WorkOrder dropIn = Orders.order(Orders.DROP_IN, SETTINGS.subList(1, 2));
		MadeUpNode node = node("busybox");

		assertThat(node.does(dropIn).status()).isZero();

		assertThat(node.text("etc/nova/nova.conf.d/90-virtwise.conf")).endsWith("[libvirt]\ncpu_mode = host-model\n");
		assertThat(node.text("etc/nova/nova.conf")).isEqualTo(NOVA_CONF);
		assertThat(node.asked()).containsExactly("systemctl restart nova-compute");
		String before = node.state();
		assertThat(node.does(dropIn).status()).isZero();
		assertThat(node.state()).isEqualTo(before);
	}

	@Test
	void seesThatADropInDoesNotCountWhereFilesAreNamed() throws Exception {
		WorkOrder dropIn = Orders.order(Orders.DROP_IN, SETTINGS.subList(1, 2));
		MadeUpNode node = node("dash").with("calls/nova-args", "--config-file=/etc/nova/nova.conf");

		Run run = node.does(dropIn);

		assertThat(run.status()).isEqualTo(1);
		assertThat(run.text()).contains("nova would read cpu_mode = none, from /etc/nova/nova.conf");
		assertThat(node.asked()).isEmpty();
	}

	@Test
	void refusesKvmInNovaConfWithoutTheDevice() throws Exception {
		MadeUpNode node = node("dash");

		Run run = node.does(Orders.order(Orders.IN_PLACE, SETTINGS));

		assertThat(run.status()).isEqualTo(1);
		assertThat(run.text()).contains("virt_type = kvm needs /dev/kvm, which is not there");
		assertThat(node.text("etc/nova/nova.conf")).isEqualTo(NOVA_CONF);
	}

	@Test
	void doesNotTouchAFileThatNovaCannotRead() throws Exception {
		String broken = "[libvirt]\nword\n";
		MadeUpNode node = node("dash").with("etc/nova/nova.conf", broken);

		Run run = node.does(Orders.order(Orders.IN_PLACE, SETTINGS.subList(1, 2)));

		assertThat(run.status()).isEqualTo(1);
		assertThat(run.text()).contains("nova cannot read /etc/nova/nova.conf",
				"line 2: nova finds neither = nor : in it");
		assertThat(node.text("etc/nova/nova.conf")).isEqualTo(broken);
		node.without("etc/nova/nova.conf");
		assertThat(node.does(Orders.order(Orders.IN_PLACE, SETTINGS.subList(1, 2))).text())
			.contains("there is no /etc/nova/nova.conf here");
	}

	@Test
	void carriesHostileValuesAsTheyAre() throws Exception {
		String value = "$(touch /tmp/a)'`touch /tmp/b`;\"\\ {{ x }} %s & | #";
		WorkOrder hostile = Orders.order(Orders.IN_PLACE, List.of(new Setting("libvirt", "images_type", value)),
				Orders.finding("S1", "- $(touch /tmp/c)'; touch /tmp/d; '\n\u001b[31m", "# touch /tmp/e; modprobe x",
						"# modprobe -a kvm;reboot"));
		MadeUpNode node = node("dash");

		Run run = node.does(hostile);

		assertThat(run.status()).as(run.text()).isZero();
		assertThat(node.text("etc/nova/nova.conf")).contains("images_type = " + value + "\n");
		assertThat(run.text()).contains("$(touch /tmp/c)'; touch /tmp/d; '??[31m", "touch /tmp/e; modprobe x")
			.doesNotContain("\u001b");
		for (String file : List.of("a", "b", "c", "d", "e")) {
			assertThat(node.has("tmp/" + file)).as(file).isFalse();
		}
		assertThat(node.asked()).containsExactly("systemctl restart nova-compute");
		assertThat(node.does(hostile).text()).contains("Done: 0 now");
	}

}
