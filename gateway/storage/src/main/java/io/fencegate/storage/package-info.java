/** One gateway: configuration, launch and close. */
package io.fencegate.storage;
