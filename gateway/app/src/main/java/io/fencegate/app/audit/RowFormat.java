package io.fencegate.app.audit;

import java.util.List;
import java.util.stream.Collectors;

/** How rows are printed. */
enum RowFormat {
    /** Columns for people. */
    TABLE {
        @Override
        String header() {
            return line(AuditRow.COLUMNS);
        }

        @Override
        String line(final AuditRow row) {
            return line(row.texts());
        }

        private String line(final List<String> texts) {
            return String.format(
                            "%8s  %3s  %-30s  %-17s  %-24s  %16s  %8s  %-16s  %-16s  %16s  %6s  %7s", texts.toArray())
                    .stripTrailing();
        }
    },
    /** One object a line. */
    JSON {
        @Override
        String header() {
            return "";
        }

        @Override
        String line(final AuditRow row) {
            return row.json().toString();
        }
    },
    /** Comma-separated values as in RFC 4180, with a line of names. */
    CSV {
        @Override
        String header() {
            return String.join(",", AuditRow.COLUMNS);
        }

        @Override
        String line(final AuditRow row) {
            return row.texts().stream().map(RowFormat::quoted).collect(Collectors.joining(","));
        }
    };

    /** What stands above the rows; empty for nothing. */
    abstract String header();

    /** One row. */
    abstract String line(AuditRow row);

    private static String quoted(final String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
