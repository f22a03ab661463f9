package io.virtwise.recommendation.workorder;

import java.util.List;
import java.util.Map;

/**
 * What is done about who may open a device.
 */
final class DeviceActions {

	private DeviceActions() {
	}

	/** Has udev apply its rules to the devices that are there. */
	record Trigger() implements Action {

		@Override
		public Phase phase() {
			return Phase.PERMISSIONS;
		}

		@Override
		public String title() {
			return "Have udev set who may open /dev/kvm";
		}

		@Override
		public List<String> shownCommands() {
			return List.of("udevadm trigger");
		}

		@Override
		public Shell shell() {
			return new Shell("device_open /dev/kvm", List.of("run udevadm trigger", "run udevadm settle"),
					"device_open /dev/kvm",
					"/dev/kvm is not open to the group kvm, so udev has no rule for it. Look with: grep -rs kvm"
							+ " /lib/udev/rules.d /usr/lib/udev/rules.d /etc/udev/rules.d",
					List.of("device"));
		}

		@Override
		public List<Map<String, Object>> tasks() {
			String open = "kvm_device.stat.exists and (kvm_device.stat.mode is match('.*[67]$') or "
					+ "(kvm_device.stat.gr_name | default('') == 'kvm' and kvm_device.stat.mode is match('.*[67].$')))";
			Map<String, Object> look = Tasks.task("Look at /dev/kvm", "stat", Map.of("path", "/dev/kvm"));
			look.put("register", "kvm_device");
			return List.of(look, Tasks.commandWhen(title(), "not (" + open + ")", "udevadm", "trigger"),
					Tasks.commandWhen("Wait for udev", "not (" + open + ")", "udevadm", "settle"));
		}

	}

	/** Takes the access list of a device away. */
	record ClearList(String device) implements Action {

		@Override
		public Phase phase() {
			return Phase.PERMISSIONS;
		}

		@Override
		public String title() {
			return "Take the access list of " + this.device + " away";
		}

		@Override
		public List<String> shownCommands() {
			return List.of("setfacl -b " + this.device);
		}

		@Override
		public Shell shell() {
			return Shell.checked("! has_access_list " + Shell.word(this.device),
					"run setfacl -b " + Shell.word(this.device), this.device + " still has an access list",
					"access-list");
		}

		@Override
		public List<Map<String, Object>> tasks() {
			return List.of(
					Tasks.look("Look for an access list of " + this.device, "device_list", "ls", "-ld", this.device),
					Tasks.commandWhen(title(), "device_list.stdout | default('') is match('.{10}[+]')", "setfacl", "-b",
							this.device));
		}

	}

	/** Gives a device to a group. */
	record Group(String device, String group) implements Action {

		@Override
		public Phase phase() {
			return Phase.PERMISSIONS;
		}

		@Override
		public String title() {
			return "Give " + this.device + " to the group " + this.group;
		}

		@Override
		public List<String> shownCommands() {
			return List.of("chgrp " + this.group + " " + this.device);
		}

		@Override
		public Shell shell() {
			return Shell.checked("device_is %G " + Shell.words(this.device, this.group),
					"run chgrp " + Shell.words(this.group, this.device),
					this.device + " still belongs to another group", "device-is");
		}

		@Override
		public List<Map<String, Object>> tasks() {
			return List.of(Tasks.task(title(), "file", Map.of("path", this.device, "group", this.group)));
		}

	}

	/**
	 * Sets the mode of a device.
	 *
	 * @param mode three octal digits
	 */
	record Mode(String device, String mode) implements Action {

		@Override
		public Phase phase() {
			return Phase.PERMISSIONS;
		}

		@Override
		public String title() {
			return "Set the mode of " + this.device + " to 0" + this.mode;
		}

		@Override
		public List<String> shownCommands() {
			return List.of("chmod 0" + this.mode + " " + this.device);
		}

		@Override
		public Shell shell() {
			return Shell.checked("device_is %a " + Shell.words(this.device, this.mode),
					"run chmod " + Shell.words(this.mode, this.device), this.device + " still has another mode",
					"device-is");
		}

		@Override
		public List<Map<String, Object>> tasks() {
			return List.of(Tasks.task(title(), "file", Map.of("path", this.device, "mode", "0" + this.mode)));
		}

	}

}
