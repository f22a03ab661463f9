package io.virtwise.recommendation.workorder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.recommendation.workorder.CommandForms.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CommandForms}, and that the shipped rules use no other.
 */
class CommandFormsTests {

	private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

	@Test
	void shippedRulesUseOnlyFormsThatTheWorkOrderKnows() throws IOException {
		List<String> unknown = new ArrayList<>();
		int commands = 0;
		for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:rules/*.drl")) {
			Matcher text = TEXT.matcher(file.getContentAsString(StandardCharsets.UTF_8));
			while (text.find()) {
				String step = text.group(1).replace("\\\"", "\"").replaceAll("\\{[a-zA-Z]+}", "name");
				if (step.startsWith("# ") || step.startsWith("$ ")) {
					commands++;
					String command = step.substring(2).replaceFirst(" -- .*", "").strip();
					if (CommandForms.kind(command) == Kind.UNKNOWN) {
						unknown.add(file.getFilename() + ": " + command);
					}
				}
			}
		}
		assertThat(commands).isGreaterThan(50);
		assertThat(unknown).as("commands of a form that the work order's script does not know. "
				+ "docs/rule-language.md, \"Commands in steps\", lists the forms; write one of those, or a text for a person (- …)")
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "modprobe -a kvm-intel | Load the kernel module kvm_intel",
			"modprobe vhost_net | Load the kernel module vhost_net",
			"modprobe kvm nested=1 | Load the kernel module kvm with nested=1",
			"modprobe -r kvm-amd | Unload the kernel module kvm_amd",
			"echo kvm-intel > /etc/modules-load.d/kvm.conf | Load kvm_intel at every boot",
			"echo 'modprobe kvm-intel' > /etc/sysconfig/modules/kvm.modules | Load kvm_intel at every boot",
			"echo 'options kvm_intel nested=1 ept=Y' > /etc/modprobe.d/kvm.conf | Set nested=1 ept=Y for the kernel module kvm_intel",
			"udevadm trigger --subsystem-match=misc | Have udev set who may open /dev/kvm",
			"chown root:kvm /dev/kvm | Give /dev/kvm to the group kvm",
			"chmod 0660 /dev/kvm | Set the mode of /dev/kvm to 0660",
			"usermod -aG kvm libvirt-qemu | Make libvirt-qemu a member of the group kvm",
			"gpasswd -a qemu kvm | Make qemu a member of the group kvm",
			"yum install libguestfs-tools | Install the package libguestfs-tools with yum",
			"apt install -y qemu-system-x86 | Install the package qemu-system-x86 with apt-get",
			"setsebool -P virt_use_execmem on | Switch the SELinux boolean virt_use_execmem on",
			"sysctl -w vm.nr_hugepages=512 | Set the kernel's vm.nr_hugepages to 512",
			"systemctl restart virtqemud | Restart libvirt", "service nova-compute restart | Restart nova-compute",
			"systemctl mask qemu-kvm.service | Keep qemu-kvm.service from ever starting" })
	void knowsWhatACommandDoes(String command, String title) {
		assertThat(CommandForms.kind(command)).isEqualTo(Kind.ACTION);
		assertThat(CommandForms.actions(command)).extracting(Action::title).containsExactly(title);
	}

	@ParameterizedTest
	@ValueSource(strings = { "lsmod | grep kvm", "grep -E 'svm|vmx' /proc/cpuinfo",
			"dmesg | grep -i -e kvm -e vmx -e svm", "virsh domcapabilities --virttype kvm", "getent group kvm",
			"grep -rs kvm /lib/udev/rules.d /etc/udev/rules.d", "cat /sys/module/kvm_intel/parameters/nested",
			"ls -l /dev/kvm" })
	void knowsWhatOnlyLooks(String command) {
		assertThat(CommandForms.kind(command)).isEqualTo(Kind.LOOK);
		assertThat(CommandForms.actions(command)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "systemctl reboot", "openstack compute service set --disable $(hostname) nova-compute",
			"virsh undefine x" })
	void knowsWhatAPersonDoes(String command) {
		assertThat(CommandForms.kind(command)).isEqualTo(Kind.PERSON);
	}

	@ParameterizedTest
	@ValueSource(strings = { "modprobe -a kvm; reboot", "modprobe -a $(x)", "modprobe -a kvm\nreboot", "modprobe",
			"echo kvm > /etc/modules-load.d/../passwd", "echo 'a b' > /etc/modules-load.d/kvm.conf",
			"cat /etc/shadow > /tmp/x", "grep x y | sh", "ls `reboot`", "ls $(reboot)", "cat \"$(reboot)\"",
			"chmod 0666 /etc/passwd", "chgrp kvm /dev/sda", "usermod -aG kvm 'a b'", "usermod -aG kvm -d", "rm -rf /",
			"apt install -y --allow-unauthenticated x", "sysctl -w a=b", "setsebool -P x maybe",
			"systemctl restart a b", "systemctl restart --force", "dmesg -C && ls", "" })
	void takesNothingElseForKnown(String command) {
		assertThat(CommandForms.kind(command)).isEqualTo(Kind.UNKNOWN);
	}

}
