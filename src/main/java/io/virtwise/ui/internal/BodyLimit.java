package io.virtwise.ui.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.virtwise.ui.BodyTooLarge;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends the reading of a JSON body where it grows too large, whatever length was
 * announced. Forms and uploads have the server's limits; a batch of lines, which never
 * stands in memory whole, has its own.
 */
@Component
class BodyLimit extends OncePerRequestFilter {

	/** What the contract says of evidence, which is the largest that comes as JSON. */
	static final long EVIDENCE = 32L * 1024 * 1024;

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		String type = request.getContentType();
		return type == null || !type.toLowerCase(Locale.ROOT).contains("json")
				|| request.getRequestURI().endsWith(":batch");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		chain.doFilter(new Limited(request), response);
	}

	/**
	 * A request of which no more is read.
	 */
	private static final class Limited extends HttpServletRequestWrapper {

		private @Nullable ServletInputStream body;

		Limited(HttpServletRequest request) {
			super(request);
		}

		@Override
		public ServletInputStream getInputStream() throws IOException {
			ServletInputStream known = this.body;
			if (known == null) {
				known = new Counted(super.getInputStream(), getContentLengthLong());
				this.body = known;
			}
			return known;
		}

		@Override
		public BufferedReader getReader() throws IOException {
			String encoding = getCharacterEncoding();
			return new BufferedReader(new InputStreamReader(getInputStream(),
					(encoding != null) ? Charset.forName(encoding) : StandardCharsets.UTF_8));
		}

	}

	/**
	 * A body that counts what is read of it.
	 */
	private static final class Counted extends ServletInputStream {

		private final ServletInputStream body;

		private long count;

		Counted(ServletInputStream body, long announced) {
			this.body = body;
			this.count = (announced > EVIDENCE) ? announced : 0;
		}

		@Override
		public int read() throws IOException {
			check();
			int one = this.body.read();
			counted((one < 0) ? 0 : 1);
			return one;
		}

		@Override
		public int read(byte[] into, int offset, int length) throws IOException {
			check();
			int read = this.body.read(into, offset, length);
			counted(Math.max(0, read));
			return read;
		}

		private void counted(int read) throws IOException {
			this.count += read;
			check();
		}

		private void check() throws IOException {
			if (this.count > EVIDENCE) {
				throw new BodyTooLarge(EVIDENCE);
			}
		}

		@Override
		public boolean isFinished() {
			return this.body.isFinished();
		}

		@Override
		public boolean isReady() {
			return this.body.isReady();
		}

		@Override
		public void setReadListener(ReadListener listener) {
			this.body.setReadListener(listener);
		}

	}

}
